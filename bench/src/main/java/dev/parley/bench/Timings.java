package dev.parley.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/** The latencies of all event loops, gathered by the main thread. */
final class Timings {
  private static final int DIGITS = 3;

  private final Histogram deliveries = new Histogram(DIGITS);
  private final Histogram acknowledgements = new Histogram(DIGITS);
  private final Histogram lags = new Histogram(DIGITS);

  /** Takes in what the loops have recorded since the last time; the new deliveries. */
  Histogram gather(List<Lane> lanes) {
    Histogram fresh = new Histogram(DIGITS);
    lanes.forEach(lane -> lane.latencies().drainTo(fresh, acknowledgements, lags));
    deliveries.add(fresh);
    return fresh;
  }

  Percentiles deliveries() {
    return Percentiles.of(deliveries);
  }

  Percentiles acknowledgements() {
    return Percentiles.of(acknowledgements);
  }

  /** How late the tool itself sent. */
  Percentiles lags() {
    return Percentiles.of(lags);
  }
}
