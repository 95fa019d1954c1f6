package dev.parley.delivery;

import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The readers of one conversation on one event loop. However much is published while the loop is
 * busy, it is woken once, and each reader then takes all of it.
 */
final class Audience {
  private static final int PORTION = 256;

  private final EventLoop loop;
  private final Recent recent;
  private final Set<Subscription> readers = new LinkedHashSet<>();
  private final Queue<Published> arriving = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();

  Audience(EventLoop loop, Allowance allowance) {
    this.loop = loop;
    this.recent = new Recent(allowance);
  }

  /** On the event loop. */
  Recent recent() {
    return recent;
  }

  /** On the event loop. */
  void add(Subscription reader) {
    readers.add(reader);
  }

  /** On the event loop. */
  void remove(Subscription reader) {
    readers.remove(reader);
    if (readers.isEmpty()) {
      recent.clear();
    }
  }

  /** Hands over what was published, strictly by seq. From any thread, one at a time. */
  void hand(Published entry) {
    arriving.add(entry);
    if (woken.compareAndSet(false, true)) {
      loop.execute(this::deliver);
    }
  }

  private void deliver() {
    woken.set(false);
    while (takesSome()) {
      readers.forEach(Subscription::advance);
      recent.forget(slowest());
    }
  }

  private boolean takesSome() {
    int taken = 0;
    for (Published next = arriving.poll(); next != null; next = arriving.poll()) {
      recent.add(next);
      taken++;
      if (taken == PORTION) {
        return true;
      }
    }
    return taken > 0;
  }

  private long slowest() {
    return readers.stream().mapToLong(Subscription::needsAfter).min().orElse(Long.MAX_VALUE);
  }

  /** Tells all readers what may be lost. */
  void whisper(Object subject, Payload payload) {
    loop.execute(() -> {
      Stretch told = Stretch.of(List.of(new Published(0, payload)), 0);
      readers.forEach(reader -> reader.whisper(subject, payload, told));
      told.release();
    });
  }

  /** Lets every reader see for itself whether the log has more. */
  void lookAgain() {
    loop.execute(() -> readers.forEach(Subscription::lookAgain));
  }

  /** What was published is not handed out from memory any more. */
  void forget() {
    loop.execute(recent::clear);
  }

  /** Hands the readers that the test picks to whoever drops them. */
  void evict(Predicate<Connection> whose, Consumer<Subscription> drop) {
    loop.execute(() ->
        readers.stream().filter(reader -> whose.test(reader.connection())).toList().forEach(drop));
  }
}
