package dev.parley.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest entries of a log, as long as one of the readers here has not taken them: who lags a
 * little shares what was encoded for the others and need not read the log. What is kept longer than
 * it takes to write it to the others is bounded, for each log and for the server; beyond that there
 * is the log. Confined to an event loop.
 */
final class Recent {
  private static final int MOST_ENTRIES = 512;
  private static final int MOST_BYTES = 256 * 1024;

  private final Allowance allowance;
  private final List<Published> row = new ArrayList<>();
  private final Map<Long, Stretch> stretches = new HashMap<>(4);
  private long last;
  private int bytes;
  private int allowed;

  Recent(Allowance allowance) {
    this.allowance = allowance;
  }

  /** The newest seq that was published here; 0 if none was. */
  long last() {
    return last;
  }

  void add(Published entry) {
    if (entry.seq() > last) {
      if (entry.seq() > last + 1) {
        clear();
      }
      last = entry.seq();
      row.add(entry);
      bytes += entry.payload().length();
      stretches.values().removeIf(stretch -> !stretch.isWhole() && released(stretch));
    }
  }

  /** What follows a seq; empty if that is not kept. */
  Optional<Stretch> after(long seq) {
    if (row.isEmpty() || seq + 1 < row.getFirst().seq() || seq >= last) {
      return Optional.empty();
    }
    int index = (int) (seq + 1 - row.getFirst().seq());
    return Optional.of(stretches.computeIfAbsent(seq, start -> Stretch.of(row, index)));
  }

  /** All readers have taken what is up to a seq; keeps the rest if there is room for it. */
  void forget(long upTo) {
    if (upTo >= last) {
      clear();
      return;
    }
    if (!row.isEmpty() && upTo >= row.getFirst().seq()) {
      List<Published> taken = row.subList(0, (int) (upTo + 1 - row.getFirst().seq()));
      bytes -= taken.stream().mapToInt(entry -> entry.payload().length()).sum();
      taken.clear();
      stretches.entrySet().removeIf(one -> one.getKey() < upTo && released(one.getValue()));
    }
    if (row.size() > MOST_ENTRIES || bytes > MOST_BYTES || !allowance.take(bytes - allowed)) {
      clear();
    } else {
      allowed = bytes;
    }
  }

  private static boolean released(Stretch stretch) {
    stretch.release();
    return true;
  }

  /** Keeps nothing of what was published so far. */
  void clear() {
    row.clear();
    bytes = 0;
    allowance.give(allowed);
    allowed = 0;
    stretches.values().forEach(Stretch::release);
    stretches.clear();
  }
}
