package dev.parley.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes to one conversation have to wait for each other, because each holds the conversation's
 * row until it is durable. They wait here, where that takes no connection; and those that came
 * while others were written are handed on together. Conversations do not wait for each other.
 */
final class Lines {
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
  private static final int MAX_GROUP = 64;

  private final Consumer<List<Pending>> together;

  /** By conversation; one that is not here has nobody who works on it. */
  private final Map<String, Queue<Pending>> waiting = new ConcurrentHashMap<>();

  /**
   * @param together completes every change that it is given
   */
  Lines(Consumer<List<Pending>> together) {
    this.together = together;
  }

  /** Waits in a conversation's line until a change has ended. */
  Committed await(String conversation, Change change) {
    Pending pending = new Pending(change);
    boolean[] first = {false};
    waiting.compute(
        conversation,
        (id, known) -> {
          first[0] = known == null;
          Queue<Pending> line = known == null ? new ArrayDeque<>() : known;
          line.add(pending);
          return line;
        });
    if (first[0]) {
      Thread.ofVirtual().name("parley-line").start(() -> work(conversation));
    }
    return outcome(pending);
  }

  /** Waits until a change has ended. */
  static Committed outcome(Pending pending) {
    try {
      return pending.outcome().join();
    } catch (CompletionException failed) {
      throw Unwrapped.of(failed.getCause());
    }
  }

  private void work(String conversation) {
    for (List<Pending> group = next(conversation); !group.isEmpty(); group = next(conversation)) {
      try {
        together.accept(group);
      } catch (RuntimeException | Error bug) {
        LOG.error("a line met an unexpected error and goes on", bug);
        group.forEach(pending -> pending.outcome().completeExceptionally(bug));
      }
    }
  }

  private List<Pending> next(String conversation) {
    List<Pending> group = new ArrayList<>();
    waiting.computeIfPresent(
        conversation,
        (id, line) -> {
          while (!line.isEmpty() && group.size() < MAX_GROUP) {
            group.add(line.remove());
          }
          return group.isEmpty() ? null : line;
        });
    return group;
  }
}
