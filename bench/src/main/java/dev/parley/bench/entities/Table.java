package dev.parley.bench.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The figures for people. */
final class Table {
  private final List<Row> rows;

  Table(List<Row> rows) {
    this.rows = rows;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(line("", row -> String.format(Locale.ROOT, "%,d", row.size().entities())));
    lines.add("one move, µs");
    lines.add(line("  whole, one listener", row -> micros(row.whole().median())));
    lines.add(line("    10 % to 90 %", row -> spread(row.whole())));
    lines.add(line("    mean, with pauses", row -> micros(row.whole().mean())));
    lines.add(line("    processor time", row -> micros(row.whole().processor())));
    lines.add(line("  whole, no listener", row -> micros(row.unheard().median())));
    lines.add(line("    mean, with pauses", row -> micros(row.unheard().mean())));
    lines.add(line("    processor time", row -> micros(row.unheard().processor())));
    lines.add(line("  commit only", row -> micros(row.commit())));
    lines.add(line("  diff only", row -> micros(row.diff())));
    lines.add(line("  commit of no change", row -> micros(row.noChange())));
    lines.add("bytes");
    lines.add(line("  allocated, one listener", row -> bytes(row.whole().bytes())));
    lines.add(line("  allocated, no listener", row -> bytes(row.unheard().bytes())));
    lines.add(line("  kept by a version", row -> bytes(row.retained())));
    lines.add("others, ms");
    lines.add(line("  JaVers compare", row -> millis(row.compare())));
    lines.add(line("  JaVers commit", row -> millis(row.javersCommit())));
    lines.add(line("  document (claimed)", row -> Claim.of(row.size()).first()));
    lines.add(line("  document, later", row -> Claim.of(row.size()).later()));
    return String.join("\n", lines);
  }

  private String line(String name, Function<Row, String> cell) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-26s", name));
    rows.forEach(row -> line.append(String.format(Locale.ROOT, "%13s", cell.apply(row))));
    return line.toString();
  }

  private static String micros(double value) {
    return String.format(Locale.ROOT, "%,.2f", value);
  }

  private static String micros(Optional<Figure> figure) {
    return figure.map(f -> micros(f.median())).orElse("-");
  }

  private static String spread(Figure figure) {
    return String.format(Locale.ROOT, "%.1f-%.1f", figure.low(), figure.high());
  }

  private static String bytes(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String millis(Optional<Figure> figure) {
    return figure.map(f -> String.format(Locale.ROOT, "%,.2f", f.median() / 1_000)).orElse("-");
  }
}
