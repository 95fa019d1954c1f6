package dev.parley.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a function wants to happen, as data: guards, row writes and log entries that have no seq
 * yet. The store does all of it in one transaction, in the order given, or none of it.
 *
 * <p>A parameter may be {@link Entry#seq()} or {@link Entry#messages()} of an entry appended
 * before: the store puts in what it assigned. So a row can bear the seq of the log entry that tells
 * of it, though no feature code runs on the writer.
 */
public final class Change {
  private final Origin origin;
  private final List<Step> steps = new ArrayList<>(6);

  public Change(Origin origin) {
    this.origin = origin;
  }

  /**
   * Which call made a change.
   *
   * @param call the id of the call
   * @param actor who called
   * @param idempotency what a retry of the call would bear again
   */
  public record Origin(String call, String actor, Optional<Idempotency> idempotency) {
    public Origin(String call, String actor) {
      this(call, actor, Optional.empty());
    }
  }

  /**
   * A client's key for a request that may be sent twice.
   *
   * @param caller whose key it is
   * @param request a hash of the function and its parameters
   */
  public record Idempotency(String caller, String key, String request) {}

  /** One step, taken in order. */
  sealed interface Step {
    /** A row that must exist, or the change is a {@link Conflict} named {@code guard}. */
    record Check(String guard, String sql, List<@Nullable Object> parameters) implements Step {}

    /** A row write. With a guard it must touch a row, or the change is a {@link Conflict}. */
    record Write(Optional<String> guard, String sql, List<@Nullable Object> parameters)
        implements Step {}

    /** A log entry. */
    record Append(Entry entry) implements Step {}
  }

  /** A row write that may touch nothing; {@link Committed#did} tells whether it did. */
  public static final class Attempt implements Step {
    private final String sql;
    private final List<@Nullable Object> parameters;

    private Attempt(String sql, List<@Nullable Object> parameters) {
      this.sql = sql;
      this.parameters = parameters;
    }

    String sql() {
      return sql;
    }

    List<@Nullable Object> parameters() {
      return parameters;
    }
  }

  /** Stands for a number that the store gives when it commits. */
  sealed interface Given {
    Entry entry();

    record Seq(Entry entry) implements Given {}

    record Messages(Entry entry) implements Given {}
  }

  /**
   * An entry of a conversation's log that has no seq yet.
   *
   * @param newMessages by how much it raises the conversation's message count
   * @param message the message that it tells of, so that a deletion can erase it
   */
  public record Entry(
      String conversation,
      String type,
      long at,
      int newMessages,
      Optional<String> message,
      Body body) {

    /** As a parameter: the seq that the store gives to this entry. */
    public Object seq() {
      return new Given.Seq(this);
    }

    /** As a parameter: the conversation's running message count at this entry. */
    public Object messages() {
      return new Given.Messages(this);
    }

    /** The entry as it stands in the log. */
    Logged at(long seq, long messages) {
      return new Logged(conversation, seq, type, at, messages, body.at(seq, messages));
    }
  }

  /** Requires that a query finds a row. */
  public Change check(String guard, String sql, @Nullable Object... parameters) {
    steps.add(new Step.Check(guard, sql, listOf(parameters)));
    return this;
  }

  /** Writes rows; how many does not matter. */
  public Change write(String sql, @Nullable Object... parameters) {
    steps.add(new Step.Write(Optional.empty(), sql, listOf(parameters)));
    return this;
  }

  /** Writes rows, and it will be known whether there were any. */
  public Attempt attempt(String sql, @Nullable Object... parameters) {
    Attempt attempt = new Attempt(sql, listOf(parameters));
    steps.add(attempt);
    return attempt;
  }

  /** Writes rows, at least one, or it is a {@link Conflict} named {@code guard}. */
  public Change require(String guard, String sql, @Nullable Object... parameters) {
    steps.add(new Step.Write(Optional.of(guard), sql, listOf(parameters)));
    return this;
  }

  /**
   * Appends to a conversation's log; the conversation must exist ({@link Conflict} "log"). On
   * PostgreSQL it locks the conversation's row until the commit, so append first: what is checked
   * afterwards then holds, and changes that touch the same rows wait in line, not for each other.
   */
  public Change append(Entry entry) {
    steps.add(new Step.Append(entry));
    return this;
  }

  /** The conversation that it appends to first, and whose row it therefore locks. */
  Optional<String> conversation() {
    return conversations().findFirst();
  }

  /** The conversations that it appends to. */
  Stream<String> conversations() {
    return steps.stream()
        .filter(Step.Append.class::isInstance)
        .map(step -> ((Step.Append) step).entry().conversation());
  }

  /** Which call made it. */
  public Origin origin() {
    return origin;
  }

  List<Step> steps() {
    return steps;
  }

  private static List<@Nullable Object> listOf(@Nullable Object[] parameters) {
    List<@Nullable Object> list = new ArrayList<>(parameters.length);
    Collections.addAll(list, parameters);
    return list;
  }
}
