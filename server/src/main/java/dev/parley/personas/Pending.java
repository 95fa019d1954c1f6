package dev.parley.personas;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A reply under way. It ends once: posted, failed or cancelled, whichever comes first. */
final class Pending {
  private final Asked asked;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private volatile @Nullable Thread thinker;

  private enum Stage {
    WAITING,
    THINKING,
    ENDED
  }

  Pending(Asked asked) {
    this.asked = asked;
  }

  Asked asked() {
    return asked;
  }

  /** Whether somebody asked for it in a conversation. */
  boolean isOf(String conversation, String asker) {
    return asked.conversation().equals(conversation) && asked.asker().id().equals(asker);
  }

  /** Begins to think on this thread; false if it was cancelled before. */
  boolean begin() {
    thinker = Thread.currentThread();
    return stage.compareAndSet(Stage.WAITING, Stage.THINKING);
  }

  /** Ends; false if somebody else has ended it. From then on nothing interrupts its thread. */
  boolean end() {
    return stage.getAndSet(Stage.ENDED) != Stage.ENDED;
  }

  /** Ends it from another thread; false if it has ended. */
  synchronized boolean cancel() {
    boolean first = end();
    if (first) {
      Optional.ofNullable(thinker).ifPresent(Thread::interrupt);
    }
    return first;
  }
}
