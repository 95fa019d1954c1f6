package dev.parley.store;

import java.util.ArrayList;
import java.util.List;

/** How a change ended in a transaction which is not committed yet; nobody hears of it before. */
sealed interface Ended {
  /** Tells whoever waits. */
  void tell();

  record Done(Pending pending, Committed committed) implements Ended {
    @Override
    public void tell() {
      pending.outcome().complete(committed);
    }
  }

  /** What it conflicts with may be a change of the same group, which is not durable yet either. */
  record Undone(Pending pending, RuntimeException why) implements Ended {
    @Override
    public void tell() {
      pending.outcome().completeExceptionally(why);
    }
  }

  /** What a group has put into logs, in its order. */
  static List<Logged> entries(List<Ended> group) {
    List<Logged> entries = new ArrayList<>(group.size());
    for (Ended ended : group) {
      if (ended instanceof Done done) {
        entries.addAll(done.committed().entries());
      }
    }
    return entries;
  }
}
