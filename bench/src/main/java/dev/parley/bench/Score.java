package dev.parley.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a comparison showed.
 *
 * @param delivered messages a second that arrived, over all connections
 * @param p50 from sending to arrival, milliseconds
 * @param p99 the same
 * @param micros processor time of the server for each delivery
 * @param bytes on the wire for each delivery, with all that arrived besides
 */
record Score(double delivered, double p50, double p99, double micros, double bytes) {

  static Score of(Figures figures, Tally tally) {
    return new Score(
        figures.deliveredPerSecond(),
        figures.delivery().p50(),
        figures.delivery().p99(),
        figures.serverMicrosPerDelivery().orElse(0),
        (double) tally.bytes.sum() / tally.delivered.sum());
  }

  /** Each figure's median of several runs. */
  static Score median(List<Score> runs) {
    return new Score(
        median(runs, Score::delivered),
        median(runs, Score::p50),
        median(runs, Score::p99),
        median(runs, Score::micros),
        median(runs, Score::bytes));
  }

  private static double median(List<Score> runs, ToDoubleFunction<Score> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
