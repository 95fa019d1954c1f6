package dev.parley.store;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The database, seen from above: changes go in whole, questions are answered. */
public interface Store extends AutoCloseable {

  /**
   * Does a change in one transaction and returns when it is durable. Blocks; call it from a virtual
   * thread.
   *
   * @throws Conflict if a guard does not hold; then nothing was written
   * @throws dev.parley.wire.Refusal {@code overloaded} if too many changes wait, {@code
   *     unavailable} if the database cannot write
   */
  Committed commit(Change change);

  /**
   * Asks the database. Blocks; call it from a virtual thread.
   *
   * @throws dev.parley.wire.Refusal {@code unavailable} if the database does not answer
   */
  <T> T read(Question<T> question);

  /** A question to the database. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Handle handle);
  }

  /**
   * Hears of entries once they are durable; those of one conversation in order, if it can be had.
   */
  @FunctionalInterface
  interface Listener {
    void committed(List<Logged> entries);

    /** Hears that conversations may have entries of which nobody heard: look at the log. */
    default void doubtful(Set<String> conversations) {}
  }

  /** Names the one listener. To be called once, before the first commit. */
  void listen(Listener listener);

  Dialect dialect();

  /** How many changes wait to be written. */
  int waiting();

  /** The conversations' log. */
  default Log log() {
    return new Log(this);
  }

  @Override
  void close();
}
