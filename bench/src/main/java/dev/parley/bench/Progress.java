package dev.parley.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** One line that moves on a terminal; one line a second elsewhere. */
final class Progress {
  private static final int WIDTH = 24;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final int total;
  private double passed;

  Progress(PrintStream out, boolean terminal, Plan plan) {
    this.out = out;
    this.terminal = terminal;
    this.total = plan.warmup() + plan.seconds();
  }

  /** Says what is being prepared. */
  void step(String what) {
    out.println(what);
  }

  void show(Window window, Histogram fresh, long unanswered) {
    passed += window.seconds();
    String line = line(window, fresh, unanswered);
    if (terminal) {
      out.print(ERASE_LINE + bar() + " " + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  private String line(Window window, Histogram fresh, long unanswered) {
    return String.format(
        Locale.ROOT,
        "%3.0f s  %,9.0f posts/s  %,11.0f delivered/s  %s  %,d waiting",
        passed,
        window.acknowledgedPerSecond(),
        window.deliveredPerSecond(),
        latency(fresh),
        unanswered);
  }

  private static String latency(Histogram fresh) {
    return fresh.getTotalCount() == 0
        ? "(not measured yet)"
        : String.format(Locale.ROOT, "p99 %,.2f ms", fresh.getValueAtPercentile(99) / 1e6);
  }

  private String bar() {
    int done = (int) Math.min(WIDTH, Math.round(passed / total * WIDTH));
    return "[" + "█".repeat(done) + "·".repeat(WIDTH - done) + "]";
  }

  /** Leaves the moving line. */
  void end() {
    if (terminal) {
      out.println();
    }
  }
}
