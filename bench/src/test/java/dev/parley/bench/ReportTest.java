package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Plan PLAN = new Plan(500, 1, 50, 100, false, 200, 3, 10);
  private static final Machine MACHINE = new Machine(2, 0.25, "Linux amd64", "25");

  @Test
  void rates_are_counts_over_the_measured_time() {
    String text = report(window(seconds(10), 1_000, 500_000, usage(0), usage(2)), clean());

    assertThat(text)
        .containsPattern("posts acknowledged +100\\.0 /s +\\(1,000\\)")
        .containsPattern("messages delivered +50,000\\.0 /s +\\(500,000\\)");
  }

  @Test
  void server_cpu_is_divided_among_the_messages_delivered() {
    String text = report(window(seconds(10), 1_000, 500_000, usage(1), usage(6)), clean());

    assertThat(text).contains("10.00 µs for each delivered message (0.50 processors)");
  }

  @Test
  void what_cannot_be_measured_is_called_unknown() {
    String text = report(window(seconds(10), 1, 1, Optional.empty(), Optional.empty()), clean());

    assertThat(text)
        .containsPattern("server CPU +unknown")
        .containsPattern("server memory +unknown");
  }

  @Test
  void a_failed_check_says_what_failed() {
    Verdict failed = new Verdict(2, 0, 0, 0, 2, 0, 0, Map.of(), Map.of("3008 slow", 1L));

    assertThat(report(window(seconds(1), 1, 1, usage(0), usage(0)), failed))
        .containsPattern("check +FAILED")
        .contains("2 gaps", "1 connections lost: 3008 slow");
  }

  @Test
  void a_rate_limited_run_names_the_setting() {
    Verdict limited =
        new Verdict(0, 0, 0, 0, 0, 0, 0, Map.of("-32005 rate_limited: slow down", 9L), Map.of());

    assertThat(report(window(seconds(1), 1, 1, usage(0), usage(0)), limited))
        .contains("RATE_LIMIT_PER_CONNECTION=0");
  }

  @Test
  void the_machine_and_its_load_stand_in_the_report() {
    assertThat(report(window(seconds(1), 1, 1, usage(0), usage(0)), clean()))
        .contains("2 processors, load average 0.25");
  }

  private static Verdict clean() {
    return new Verdict(0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of());
  }

  private static long seconds(long seconds) {
    return seconds * 1_000_000_000L;
  }

  private static Optional<Usage> usage(long cpuSeconds) {
    return Optional.of(new Usage(seconds(cpuSeconds), 100_000_000));
  }

  private static Window window(
      long nanos,
      long acknowledged,
      long delivered,
      Optional<Usage> before,
      Optional<Usage> after) {
    Usage tool = new Usage(0, 0);
    return new Sample(nanos, acknowledged, delivered, after, tool)
        .since(new Sample(0, 0, 0, before, tool));
  }

  private static String report(Window window, Verdict verdict) {
    Percentiles none = new Percentiles(0, 0, 0, 0, 0);
    return new Report(
            new Figures(
                PLAN,
                MACHINE,
                "own process, sqlite",
                window.seconds(),
                window.acknowledged(),
                window.delivered(),
                window.acknowledgedPerSecond(),
                window.deliveredPerSecond(),
                0,
                none,
                none,
                none,
                window.serverMicrosPerDelivery(),
                window.serverProcessors(),
                window.last().server().map(Usage::residentBytes).orElse(0L),
                window.toolProcessors(),
                verdict))
        .text();
  }
}
