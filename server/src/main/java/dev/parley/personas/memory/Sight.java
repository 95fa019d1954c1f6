package dev.parley.personas.memory;

import dev.parley.accounts.Person;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.conversations.Readable;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Whose memories a caller sees, and therefore may correct and forget: what is about an account, or
 * one that is known to be its, or was told by it; everything for administrators; a persona its own,
 * of what whoever addressed it sees.
 */
final class Sight {
  private final Caller caller;

  Sight(Caller caller) {
    this.caller = caller;
  }

  /** A condition on {@code memories m}; what it speaks of is to be bound. */
  String condition() {
    return (isPersona() ? "m.persona = :self" : "'' = :self")
        + (seesAll() ? "" : " AND (m.about IN (<me>) OR m.said_by IN (<me>))");
  }

  Query bind(Handle handle, Query query) {
    Query bound = query.bind("self", isPersona() ? caller.id() : "");
    return seesAll() ? bound : bound.bindList("me", Person.own(handle, person()));
  }

  /** The tags of what it sees of a persona's memories. */
  Set<String> tags(Handle handle) {
    return seesAll()
        ? Set.of(Tags.ALL)
        : Person.own(handle, person()).stream()
            .flatMap(account -> Stream.of(Tags.about(account), Tags.saidBy(account)))
            .collect(Collectors.toSet());
  }

  /** The account that it is about: the caller, or whoever addressed it. */
  String person() {
    return caller.onBehalfOf().map(Actor::id).orElse(caller.id());
  }

  boolean seesAll() {
    return !isPersona() && caller.isAdmin() && caller.may(Permission.ADMIN);
  }

  boolean isPersona() {
    return caller.actor().kind() == Actor.Kind.PERSONA;
  }

  /** A persona of which the caller may speak: any, but for a persona only itself. */
  void requirePersona(Handle handle, String id) {
    boolean known =
        is(
            handle,
            """
            SELECT 1 FROM personas WHERE id = ? AND (visibility = 'public' OR owner = ?
              OR EXISTS (SELECT 1 FROM accounts WHERE accounts.id = ? AND role <> 'member'))\
            """,
            id,
            person(),
            person());
    if (!known || (isPersona() && !caller.id().equals(id))) {
      throw Refusal.notFound("persona");
    }
  }

  /** A conversation that everybody who acts may read. */
  void requireConversation(Handle handle, String id) {
    if (!mayRead(handle, id)) {
      throw Refusal.notFound("conversation");
    }
  }

  boolean mayRead(Handle handle, String conversation) {
    return Readable.is(handle, caller, conversation);
  }

  private static boolean is(Handle handle, String sql, Object... parameters) {
    return handle.select(sql, parameters).mapTo(Integer.class).findFirst().isPresent();
  }

  Memory one(Handle handle, String id) {
    Query query =
        handle
            .createQuery(
                Memory.SELECT + " WHERE m.id = :id AND m.forgotten_at IS NULL AND " + condition())
            .bind("id", id);
    return bind(handle, query)
        .map((row, context) -> Memory.of(row))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("memory"));
  }
}
