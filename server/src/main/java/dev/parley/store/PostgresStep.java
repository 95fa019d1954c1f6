package dev.parley.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step of a change as the function {@code commit_changes} takes it. What came from outside is in
 * the arguments alone; the text is the program's own statement, with the places of its parameters
 * named as that function hands them on.
 *
 * @param sql the statement as it was written
 * @param text the statement for the function: {@code $1} are the arguments, {@code $2} what the
 *     change was given so far
 * @param guard the conflict, if it touches no row
 * @param numbers whether it gives a seq and a message count
 * @param attempt what wants to know whether it touches a row
 */
record PostgresStep(
    String sql,
    String text,
    Optional<String> guard,
    boolean numbers,
    Optional<Change.Attempt> attempt,
    List<@Nullable String> arguments) {
  private static final String NEXT_SEQ =
      """
      UPDATE conversations SET last_seq = last_seq + 1, messages = messages + ?
      WHERE id = ? RETURNING last_seq, messages\
      """;

  /**
   * All steps of a change, in order.
   *
   * @param now when a client's key is claimed, milliseconds since 1970
   */
  static List<PostgresStep> of(Change change, long now) {
    Writing writing = new Writing(change.origin());
    change.origin().idempotency().ifPresent(key -> writing.claim(key, now));
    change.steps().forEach(writing::add);
    return writing.steps;
  }

  private static final class Writing {
    final List<PostgresStep> steps = new ArrayList<>();
    private final Change.Origin origin;

    /** Of each entry that was appended: the how-manieth it is. */
    private final Map<Change.Entry, Integer> appended = new IdentityHashMap<>(2);

    Writing(Change.Origin origin) {
      this.origin = origin;
    }

    void claim(Change.Idempotency key, long now) {
      add(
          Optional.of(Conflict.IDEMPOTENCY),
          Transaction.IDEMPOTENCY,
          List.of(key.caller(), key.key(), key.request(), origin.call(), now));
    }

    void add(Change.Step step) {
      switch (step) {
        case Change.Step.Check check ->
            add(Optional.of(check.guard()), check.sql(), check.parameters());
        case Change.Step.Write write -> add(write.guard(), write.sql(), write.parameters());
        case Change.Attempt attempt ->
            steps.add(
                parameters()
                    .in(
                        attempt.sql(),
                        attempt.parameters(),
                        Optional.empty(),
                        false,
                        Optional.of(attempt)));
        case Change.Step.Append append -> append(append.entry());
      }
    }

    private void append(Change.Entry entry) {
      Parameters next = parameters();
      steps.add(
          next.in(
              NEXT_SEQ,
              List.of(entry.newMessages(), entry.conversation()),
              Optional.of("log"),
              true,
              Optional.empty()));
      appended.put(entry, appended.size() + 1);
      add(
          Optional.empty(),
          Transaction.LOG,
          Arrays.asList(
              entry.conversation(),
              entry.seq(),
              entry.type(),
              entry.at(),
              entry.messages(),
              entry.message().orElse(null),
              origin.actor(),
              origin.call(),
              new Parameters.BodyOf(entry)));
    }

    private void add(Optional<String> guard, String sql, List<@Nullable Object> parameters) {
      steps.add(parameters().in(sql, parameters, guard, false, Optional.empty()));
    }

    private Parameters parameters() {
      return new Parameters(appended);
    }
  }

  /** Turns the parameters of one statement into arguments and the expressions that read them. */
  private static final class Parameters {
    private final Map<Change.Entry, Integer> appended;
    private final List<@Nullable String> arguments = new ArrayList<>();

    Parameters(Map<Change.Entry, Integer> appended) {
      this.appended = appended;
    }

    /** Stands for an entry's body, which may bear what the entry is given. */
    record BodyOf(Change.Entry entry) {}

    PostgresStep in(
        String sql,
        List<@Nullable Object> parameters,
        Optional<String> guard,
        boolean numbers,
        Optional<Change.Attempt> attempt) {
      StringBuilder text = new StringBuilder(sql.length() + 16 * parameters.size());
      int next = 0;
      boolean quoted = false;
      for (int i = 0; i < sql.length(); i++) {
        char c = sql.charAt(i);
        quoted ^= c == '\'';
        if (c == '?' && !quoted) {
          text.append(expression(parameters.get(next++)));
        } else {
          text.append(c);
        }
      }
      return new PostgresStep(sql, text.toString(), guard, numbers, attempt, arguments);
    }

    private String expression(@Nullable Object parameter) {
      return switch (parameter) {
        case null -> "NULL";
        case String string -> argument(string);
        case Integer number -> argument(number.toString()) + "::BIGINT";
        case Long number -> argument(number.toString()) + "::BIGINT";
        case Double number -> argument(number.toString()) + "::DOUBLE PRECISION";
        case Boolean flag -> argument(flag.toString()) + "::BOOLEAN";
        case byte[] bytes ->
            "decode(" + argument(Base64.getEncoder().encodeToString(bytes)) + ", 'base64')";
        case Change.Given.Seq seq -> seq(seq.entry());
        case Change.Given.Messages messages -> messages(messages.entry());
        case BodyOf of -> body(of.entry());
        default ->
            throw new IllegalArgumentException(parameter.getClass() + " cannot be a parameter");
      };
    }

    private String argument(String value) {
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("PostgreSQL cannot keep U+0000");
      }
      arguments.add(value);
      return "$1[" + arguments.size() + "]";
    }

    private String seq(Change.Entry entry) {
      return "$2[" + (2 * place(entry) - 1) + "]";
    }

    private String messages(Change.Entry entry) {
      return "$2[" + 2 * place(entry) + "]";
    }

    private int place(Change.Entry entry) {
      Integer place = appended.get(entry);
      if (place == null) {
        throw new IllegalStateException("a parameter speaks of an entry that is not appended yet");
      }
      return place;
    }

    private String body(Change.Entry entry) {
      List<String> between = List.of(seq(entry), messages(entry));
      List<String> pieces = entry.body().pieces();
      StringBuilder text = new StringBuilder(argument(pieces.getFirst()));
      for (int i = 1; i < pieces.size(); i++) {
        text.append(" || ")
            .append(between.get(i - 1))
            .append(" || ")
            .append(argument(pieces.get(i)));
      }
      return text.toString();
    }
  }
}
