package dev.parley.personas.memory;

import dev.parley.calls.Call;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What people tell personas outright: new memories, corrections, and what is to be forgotten. */
final class Telling {
  private final Store store;
  private final InstantSource clock;
  private final Remembering remembering;
  private final Forgetting forgetting;

  Telling(Store store, InstantSource clock, Remembering remembering, Forgetting forgetting) {
    this.store = store;
    this.clock = clock;
    this.remembering = remembering;
    this.forgetting = forgetting;
  }

  record Add(
      @Text(min = 1, max = 40) String persona,
      @About("what is so, without the name of whom it is about: lives in Paris")
          @Text(min = 1, max = Statement.LONGEST)
          String text,
      @About("the id of the account or persona that it is about") @Text(min = 1, max = 40)
          Optional<String> about,
      @About("fact if absent") Optional<Kind> kind,
      @About("what there is only one of at a time, such as home: a newer one ends it")
          @Text(min = 1, max = 64)
          Optional<String> topic,
      @About("0 to 1; 0.5 if absent") Optional<Double> importance,
      @About(
              "whether anybody may be reminded of it; else only the caller, or who may read the"
                  + " messages")
          Optional<Boolean> shared,
      @About("ids of messages of one conversation that it comes from") @Size(max = 20)
          Optional<List<String>> messages,
      @About("since when it holds; now if absent") Optional<Instant> validFrom,
      @About("when it ceases to hold") Optional<Instant> validUntil) {}

  record Correct(
      @Text(min = 1, max = 40) String id,
      @About("what is right") @Text(min = 1, max = Statement.LONGEST) String text,
      @About("as it was if absent") Optional<Double> importance,
      @About("since when it holds; as it was if absent") Optional<Instant> validFrom,
      @About("when it ceases to hold") Optional<Instant> validUntil) {}

  record ById(@Text(min = 1, max = 40) String id) {}

  record One(Memory memory) {}

  record Nothing() {}

  One add(Call call, Add input) {
    requireImportance(input.importance());
    Sight sight = new Sight(call.caller());
    Statement statement =
        store.read(handle -> {
          sight.requirePersona(handle, input.persona());
          return statement(handle, sight, input);
        });
    String id = remembering.add(call::change, statement);
    return store.read(handle -> new One(sight.one(handle, id)));
  }

  private Statement statement(Handle handle, Sight sight, Add input) {
    input.about().ifPresent(about -> requireActor(handle, about));
    boolean shared = input.shared().orElse(false);
    if (shared) {
      requireMayShare(sight, input.about());
    }
    List<String> messages = input.messages().orElse(List.of()).stream().distinct().toList();
    Instant from = input.validFrom().orElseGet(() -> Instant.ofEpochMilli(clock.millis()));
    requireOrder(from, input.validUntil());
    return new Statement(
        input.persona(),
        plain(input.text()),
        input.kind().orElse(Kind.FACT),
        input.topic(),
        input.importance().orElse(0.5),
        input.about(),
        Optional.of(sight.person()),
        where(handle, sight, messages),
        shared,
        messages,
        from,
        input.validUntil());
  }

  /** What everybody may hear is said of oneself, or by whoever runs the server. */
  private static void requireMayShare(Sight sight, Optional<String> about) {
    if (!sight.seesAll() && !about.equals(Optional.of(sight.person()))) {
      throw Refusal.forbidden("Only administrators share what is not about themselves");
    }
  }

  private static void requireActor(Handle handle, String id) {
    boolean known =
        handle
            .select(
                """
                SELECT 1 FROM actors n LEFT JOIN accounts a ON a.id = n.id
                WHERE n.id = ? AND a.deleted_at IS NULL\
                """,
                id)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!known) {
      throw new InvalidInput("about", "must be the id of an account or a persona");
    }
  }

  /** The one conversation of messages that everybody who acts may read; empty of none. */
  private static Optional<String> where(Handle handle, Sight sight, List<String> messages) {
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    List<String> conversations =
        handle
            .createQuery(
                "SELECT conversation FROM messages WHERE id IN (<ids>) AND deleted_at IS NULL")
            .bindList("ids", messages)
            .mapTo(String.class)
            .list();
    boolean sound =
        conversations.size() == messages.size()
            && conversations.stream().distinct().count() == 1
            && sight.mayRead(handle, conversations.getFirst());
    if (!sound) {
      throw new InvalidInput("messages", "must be messages of one conversation that one may read");
    }
    return Optional.of(conversations.getFirst());
  }

  One correct(Call call, Correct input) {
    requireImportance(input.importance());
    Sight sight = new Sight(call.caller());
    Memory wrong = store.read(handle -> sight.one(handle, input.id()));
    if (wrong.supersededAt().isPresent()) {
      throw Refusal.conflict("The memory was corrected already");
    }
    Instant from = input.validFrom().orElse(wrong.validFrom());
    requireOrder(from, input.validUntil());
    Statement same = wrong.saying(plain(input.text()), from, input.validUntil());
    Statement right = same.saidBy(sight.person(), input.importance().orElse(wrong.importance()));
    String id = remembering.correct(call.change(), wrong, right);
    return store.read(handle -> new One(sight.one(handle, id)));
  }

  Nothing forget(Call call, ById input) {
    Sight sight = new Sight(call.caller());
    forgetting.one(call.change(), store.read(handle -> sight.one(handle, input.id())));
    return new Nothing();
  }

  private static String plain(String text) {
    String bare = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (bare.isEmpty()) {
      throw new InvalidInput("text", "must say something");
    }
    return bare;
  }

  private static void requireImportance(Optional<Double> asked) {
    if (asked.filter(value -> !(value >= 0 && value <= 1)).isPresent()) {
      throw new InvalidInput("importance", "must be from 0 to 1");
    }
  }

  private static void requireOrder(Instant from, Optional<Instant> until) {
    if (until.filter(from::isAfter).isPresent()) {
      throw new InvalidInput("validUntil", "must not be before validFrom");
    }
  }
}
