package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run for people. */
final class Report {
  private static final String UNKNOWN = "unknown (its process is not on this machine or not ours)";

  private final Figures figures;

  Report(Figures figures) {
    this.figures = figures;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(figures.plan().describe());
    lines.add(row("server", figures.server()));
    lines.add(row("machine", figures.machine().describe()));
    lines.add("");
    addThroughput(lines);
    addLatencies(lines);
    addCosts(lines);
    addVerdict(lines);
    return String.join("\n", lines);
  }

  private void addThroughput(List<String> lines) {
    lines.add(
        row("posts acknowledged", rate(figures.acknowledgedPerSecond(), figures.acknowledged())));
    lines.add(row("messages delivered", rate(figures.deliveredPerSecond(), figures.delivered())));
    if (figures.others() > 0) {
      lines.add(row("other events", String.format(Locale.ROOT, "%,d", figures.others())));
    }
  }

  private static String rate(double perSecond, long all) {
    return String.format(Locale.ROOT, "%,.1f /s  (%,d)", perSecond, all);
  }

  private void addLatencies(List<String> lines) {
    lines.add(
        row(
            "milliseconds",
            String.format(Locale.ROOT, "%9s %9s %9s %9s", "p50", "p95", "p99", "max")));
    lines.add(row("post to receipt", percentiles(figures.delivery())));
    lines.add(row("post to acknowledgement", percentiles(figures.acknowledgement())));
    lines.add(row("tool's own lateness", percentiles(figures.lag())));
  }

  private static String percentiles(Percentiles p) {
    return String.format(
        Locale.ROOT, "%,9.2f %,9.2f %,9.2f %,9.2f", p.p50(), p.p95(), p.p99(), p.max());
  }

  private void addCosts(List<String> lines) {
    lines.add(row("server CPU", serverCpu()));
    lines.add(row("server memory", serverMemory()));
    lines.add(
        row(
            "load tool CPU",
            String.format(Locale.ROOT, "%.2f processors", figures.toolProcessors())));
  }

  private String serverCpu() {
    return figures.serverMicrosPerDelivery().isPresent()
        ? String.format(
            Locale.ROOT,
            "%.2f µs for each delivered message (%.2f processors)",
            figures.serverMicrosPerDelivery().getAsDouble(),
            figures.serverProcessors().orElse(0))
        : UNKNOWN;
  }

  private String serverMemory() {
    return figures.serverResidentBytes() > 0
        ? String.format(Locale.ROOT, "%,d MB resident", figures.serverResidentBytes() / 1_000_000)
        : UNKNOWN;
  }

  private void addVerdict(List<String> lines) {
    Verdict verdict = figures.verdict();
    String passed = "passed: no gap, duplicate or reorder; all that was acknowledged arrived";
    lines.add(row("check", verdict.passed() ? passed : "FAILED"));
    verdict.faults().forEach(fault -> lines.add(row("", fault)));
    if (verdict.refused().keySet().stream().anyMatch(Report::rateLimited)) {
      lines.add(Waiting.hint(Refused.RATE_LIMITED).strip());
    }
  }

  private static boolean rateLimited(String refusal) {
    return refusal.startsWith(String.valueOf(Refused.RATE_LIMITED));
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-25s%s", name, value).stripTrailing();
  }
}
