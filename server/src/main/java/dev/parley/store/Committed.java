package dev.parley.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the store gave to a change that is now durable. */
public final class Committed {
  private final Map<Change.Entry, Logged> entries;
  private final Set<Change.Attempt> done;

  Committed(Map<Change.Entry, Logged> entries, Set<Change.Attempt> done) {
    this.entries = entries;
    this.done = done;
  }

  /** All entries of the change, ascending. */
  List<Logged> entries() {
    Collection<Logged> all = entries.values();
    return all.size() < 2
        ? List.copyOf(all)
        : all.stream().sorted(Comparator.comparingLong(Logged::seq)).toList();
  }

  /** Whether an attempt of the change touched a row. */
  public boolean did(Change.Attempt attempt) {
    return done.contains(attempt);
  }

  /** The seq of an entry of the change. */
  public long seq(Change.Entry entry) {
    return logged(entry).seq();
  }

  /** An entry of the change as it stands in the log. */
  public Logged logged(Change.Entry entry) {
    Logged logged = entries.get(entry);
    if (logged == null) {
      throw new IllegalArgumentException("not an entry of this change");
    }
    return logged;
  }
}
