package dev.parley.personas;

import dev.parley.conversations.Message;
import dev.parley.functions.Json;
import dev.parley.personas.errand.Exchange;
import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** What became of the questions that personas were asked, and what each reply was made of. */
final class Replies {
  private final Store store;
  private final InstantSource clock;

  Replies(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** How a question ended. */
  enum Outcome {
    ANSWERED,
    FAILED,
    CANCELLED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A part of what a reply was made of. Its words are found where they are from, so what was
   * deleted or forgotten is not kept here.
   *
   * @param words of what is from nowhere: how the persona felt
   */
  record Reference(
      Part.Kind kind,
      Optional<String> speaker,
      Optional<String> source,
      Optional<String> words,
      int tokens,
      int leftOut) {
    static Reference to(Part part) {
      return new Reference(
          part.kind(),
          part.speaker().map(Actor::id),
          part.source(),
          Optional.of(part.text()).filter(text -> part.kind() == Part.Kind.MOOD),
          part.tokens(),
          part.leftOut());
    }
  }

  /**
   * How a question ended.
   *
   * @param asker the person on whose behalf the persona acted
   * @param error why it failed
   */
  record Ended(
      String question,
      String persona,
      Actor asker,
      int turn,
      Outcome outcome,
      Optional<String> error,
      Optional<String> model,
      int tokens,
      List<Reference> context,
      Instant at) {

    /** Where the parts of some kinds are from. */
    Set<String> sources(Predicate<Part.Kind> kinds) {
      return context.stream()
          .filter(part -> kinds.test(part.kind()))
          .flatMap(part -> part.source().stream())
          .collect(Collectors.toSet());
    }
  }

  void answered(Asked asked, Brain.Answer answer, List<Part> context) {
    List<Reference> references = context.stream().map(Reference::to).toList();
    keep(
        asked,
        Outcome.ANSWERED,
        null,
        answer.model().orElse(null),
        answer.tokens(),
        Json.MAPPER.writeValueAsString(references));
  }

  void failed(Asked asked, String why) {
    keep(asked, Outcome.FAILED, why, null, 0, "[]");
  }

  void cancelled(Asked asked) {
    keep(asked, Outcome.CANCELLED, null, null, 0, "[]");
  }

  private void keep(
      Asked asked,
      Outcome outcome,
      @Nullable String error,
      @Nullable String model,
      int tokens,
      String context) {
    store.commit(
        new Change(new Change.Origin("reply", asked.persona().id()))
            .write(
                """
                INSERT INTO replies (question, persona, asker, speaker, turn, outcome, error, model,
                  tokens, context, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (question, persona) DO UPDATE SET outcome = excluded.outcome,
                  error = excluded.error, model = excluded.model, tokens = excluded.tokens,
                  context = excluded.context, at = excluded.at\
                """,
                asked.message().id(),
                asked.persona().id(),
                asked.asker().id(),
                asked.message().sender().id(),
                asked.turn(),
                outcome.word(),
                error,
                model,
                tokens,
                context,
                clock.millis()));
  }

  /**
   * What whoever asks said to the persona in the conversation before, and was answered, in order:
   * what is not deleted, of the newest {@code most} messages of theirs that it answered anywhere.
   */
  List<Exchange> before(Asked asked, int most) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT q.id, q.content, q.at, a.content FROM (
                  SELECT question FROM replies
                  WHERE asker = :asker AND persona = :persona AND outcome = 'answered'
                    AND speaker = :asker
                  ORDER BY at DESC LIMIT :most) r
                JOIN messages q ON q.id = r.question
                  AND q.conversation = :conversation AND q.seq < :seq
                JOIN messages a ON a.conversation = q.conversation AND a.sender = :persona
                  AND a.client_id = 're:' || q.id
                ORDER BY q.seq\
                """)
            .bind("asker", asked.message().sender().id())
            .bind("persona", asked.persona().id())
            .bind("conversation", asked.conversation())
            .bind("seq", asked.message().seq())
            .bind("most", most)
            .map((row, context) ->
                new Exchange(
                    row.getString(1),
                    row.getString(2),
                    Instant.ofEpochMilli(row.getLong(3)),
                    row.getString(4)))
            .list());
  }

  /** The end of the question that a persona's message answers. */
  Optional<Ended> whatLedTo(Message reply) {
    return reply.replyTo().flatMap(question -> to(question, Optional.of(reply.sender().id())));
  }

  /** How a question ended, with a certain persona or with the first that was asked. */
  Optional<Ended> to(String question, Optional<String> persona) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT r.question, r.persona, n.id, n.name, n.display_name, r.turn, r.outcome,
                  r.error, r.model, r.tokens, r.context, r.at
                FROM replies r JOIN actors n ON n.id = r.asker
                WHERE r.question = ? AND r.persona = COALESCE(CAST(? AS TEXT), r.persona)
                ORDER BY r.persona LIMIT 1\
                """,
                question,
                persona.orElse(null))
            .map((row, context) -> ended(row))
            .findOne());
  }

  private static Ended ended(ResultSet row) throws SQLException {
    return new Ended(
        row.getString(1),
        row.getString(2),
        new Actor(
            Actor.Kind.ACCOUNT,
            row.getString(3),
            row.getString(4),
            Optional.ofNullable(row.getString(5))),
        row.getInt(6),
        Outcome.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString(8)),
        Optional.ofNullable(row.getString(9)),
        row.getInt(10),
        Json.MAPPER.readValue(row.getString(11), new TypeReference<List<Reference>>() {}),
        Instant.ofEpochMilli(row.getLong(12)));
  }
}
