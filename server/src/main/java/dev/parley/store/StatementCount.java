package dev.parley.store;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * How many statements a piece of work asked the database, on whatever threads they ran. A number
 * that grows with what is stored shows that something asks once for each row.
 */
public final class StatementCount {
  private static final ScopedValue<StatementCount> CURRENT = ScopedValue.newInstance();

  private final LongAdder asked = new LongAdder();

  /** Does a piece of work, and counts what it asks. Changes that it commits do not count. */
  public <T> T during(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** How many there were so far. */
  public long sum() {
    return asked.sum();
  }

  static void one() {
    if (CURRENT.isBound()) {
      CURRENT.get().asked.increment();
    }
  }

  /** A task that counts for whoever handed it over, when another thread does it. */
  static <T> Callable<T> handedOver(Callable<T> task) {
    if (!CURRENT.isBound()) {
      return task;
    }
    StatementCount current = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, current).call(task::call);
  }
}
