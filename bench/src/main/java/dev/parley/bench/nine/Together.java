package dev.parley.bench.nine;

import dev.parley.bench.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;

/** Many things under way, a few at once. */
final class Together {
  private static final int AT_ONCE = 128;

  private Together() {}

  /** Begins each when there is room, and waits for all; some may have failed. */
  static <T> List<CompletableFuture<T>> begun(int count, IntFunction<CompletableFuture<T>> each) {
    Semaphore room = new Semaphore(AT_ONCE);
    List<CompletableFuture<T>> all = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      room.acquireUninterruptibly();
      all.add(each.apply(number).whenComplete((_, _) -> room.release()));
    }
    room.acquireUninterruptibly(AT_ONCE);
    return all;
  }

  /**
   * What came of all of them.
   *
   * @param step what is being done, for the error
   */
  static <T> List<T> done(int count, IntFunction<CompletableFuture<T>> each, String step) {
    return begun(count, each).stream().map(one -> Waiting.on(one, step)).toList();
  }
}
