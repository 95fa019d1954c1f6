package dev.parley.bench.personas;

import dev.parley.bench.Percentiles;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** How replies that say when each of their tokens was written came. */
final class Promptness {
  private static final int DIGITS = 3;
  private static final double NANOS = 1e9;

  private final Histogram first = new Histogram(DIGITS);
  private final Histogram every = new Histogram(DIGITS);
  private final Histogram before = new Histogram(DIGITS);
  private final Histogram perSecond = new Histogram(DIGITS);
  private long drafts;
  private long whole;
  private long wrong;

  synchronized void add(Talk.Reply reply) {
    long[] written = ModelStub.written(reply.text());
    before.recordValue(written[0] - reply.asked());
    List<Talk.Draft> told = reply.drafts();
    for (Talk.Draft draft : told) {
      for (long time : ModelStub.written(draft.text())) {
        every.recordValue(draft.received() - time);
      }
    }
    if (!told.isEmpty()) {
      first.recordValue(told.getFirst().received() - ModelStub.written(told.getFirst().text())[0]);
    }
    if (told.size() > 1) {
      long span = told.getLast().received() - told.getFirst().received();
      perSecond.recordValue(Math.round((told.size() - 1) * NANOS / span * 10));
    }
    drafts += told.size();
    compare(told, reply.text());
  }

  private void compare(List<Talk.Draft> told, String text) {
    String joined = told.stream().map(Talk.Draft::text).collect(Collectors.joining());
    if (joined.strip().equals(text)) {
      whole++;
    } else if (joined.isBlank() || !text.startsWith(joined)) {
      wrong++;
    }
  }

  synchronized long replies() {
    return before.getTotalCount();
  }

  /** Whether every reply's drafts were the message, or its beginning. */
  synchronized boolean isRight() {
    return wrong == 0;
  }

  synchronized String firstDraft() {
    return describe(first);
  }

  synchronized String describe() {
    return String.format(
        Locale.ROOT,
        """
            first token written to first draft received   %s
            any token written to its draft received       %s
            question sent to first token written          %s
            drafts a second in a reply                    median %.1f, most %.1f; %.1f a reply
            all drafts of a reply joined                  the message %d, its beginning %d, else %d\
        """,
        describe(first),
        describe(every),
        describe(before),
        perSecond.getValueAtPercentile(50) / 10.0,
        perSecond.getMaxValue() / 10.0,
        drafts / (double) replies(),
        whole,
        replies() - whole - wrong,
        wrong);
  }

  private static String describe(Histogram nanos) {
    Percentiles found = Percentiles.of(nanos);
    return String.format(
        Locale.ROOT,
        "p50 %.2f, p95 %.2f, p99 %.2f, most %.2f ms",
        found.p50(),
        found.p95(),
        found.p99(),
        found.max());
  }
}
