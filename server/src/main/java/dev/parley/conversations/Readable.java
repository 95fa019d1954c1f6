package dev.parley.conversations;

import dev.parley.calls.Caller;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Who may read a conversation: its members, and a public one everybody who is not banned from it.
 * Administrators are no exception. Whoever is banned is no member, so the order does not matter.
 *
 * <p>It is said here alone, as a condition on {@code conversations c} for queries. An actor in it
 * is a parameter such as {@code :me}, or a column. What may be said before all members of a
 * conversation is another question, which memories answer.
 */
public final class Readable {
  private Readable() {}

  /** An actor may read it. */
  static String by(String actor) {
    return by(
        actor,
        "EXISTS (SELECT 1 FROM members own WHERE own.conversation = c.id AND own.actor = %s)"
            .formatted(actor));
  }

  /** {@code :me} may read it, in a query that joins that one's row of members {@code m}, if any. */
  static String byMe() {
    return by(":me", "m.actor IS NOT NULL");
  }

  private static String by(String actor, String isMember) {
    return "(%s OR %s)".formatted(isMember, openTo(actor));
  }

  /** Everybody may read it, and so may an actor. */
  static String openTo(String actor) {
    return """
    c.visibility = 'public' AND NOT EXISTS (
      SELECT 1 FROM bans b WHERE b.conversation = c.id AND b.actor = %s)\
    """
        .formatted(actor);
  }

  /**
   * Adds to what {@code :me} may read, who is the caller, that whoever addressed it may read it
   * too: {@code :asker}, who is bound by {@link #bind}.
   */
  static String alsoByAsker(Caller caller) {
    return caller.onBehalfOf().map(asker -> " AND " + by(":asker")).orElse("");
  }

  /** Binds {@code :me} and, for a persona, {@code :asker}. */
  static Query bind(Query query, Caller caller) {
    caller.onBehalfOf().ifPresent(asker -> query.bind("asker", asker.id()));
    return query.bind("me", caller.id());
  }

  /** Whether everybody who acts may read a conversation. */
  public static boolean is(Handle handle, Caller caller, String conversation) {
    return caller.all().stream().allMatch(one -> is(handle, one.id(), conversation));
  }

  private static boolean is(Handle handle, String actor, String conversation) {
    return handle
        .createQuery("SELECT 1 FROM conversations c WHERE c.id = :id AND " + by(":me"))
        .bind("id", conversation)
        .bind("me", actor)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }
}
