package dev.parley.bench;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Latencies of one event loop, in nanoseconds with three digits. Written by the loop, drained by
 * the main thread. Only messages meant to be sent after the warm-up count.
 */
final class Latencies {
  private static final int DIGITS = 3;

  private final SingleWriterRecorder delivery = new SingleWriterRecorder(DIGITS);
  private final SingleWriterRecorder acknowledgement = new SingleWriterRecorder(DIGITS);
  private final SingleWriterRecorder lag = new SingleWriterRecorder(DIGITS);
  private long measuredFrom = Long.MAX_VALUE;

  /** Measures messages meant to be sent at this time or later. Call it on the loop. */
  void measureFrom(long time) {
    measuredFrom = time;
  }

  void delivered(long intended, long now) {
    record(delivery, intended, now);
  }

  void acknowledged(long intended, long now) {
    record(acknowledgement, intended, now);
  }

  /** How late this tool itself was in sending. */
  void sent(long intended, long now) {
    record(lag, intended, now);
  }

  private void record(SingleWriterRecorder recorder, long intended, long now) {
    if (intended >= measuredFrom) {
      recorder.recordValue(Math.max(0, now - intended));
    }
  }

  /** Moves what has been recorded since the last time into the given histograms. */
  void drainTo(Histogram deliveries, Histogram acknowledgements, Histogram lags) {
    deliveries.add(delivery.getIntervalHistogram());
    acknowledgements.add(acknowledgement.getIntervalHistogram());
    lags.add(lag.getIntervalHistogram());
  }
}
