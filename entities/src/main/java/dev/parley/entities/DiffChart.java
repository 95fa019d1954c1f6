package dev.parley.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws a difference as a Mermaid flow chart: the touched entities under their owners, those that
 * left under their old ones with a dotted line. Everything in a label but letters, digits and a few
 * harmless characters is written as a Mermaid entity code ({@code #34;} for a quote), so that no
 * text can end its label or begin another statement.
 */
final class DiffChart {
  /** More entities than this make no readable picture; the rest is counted. */
  static final int MAX_ENTITIES = 200;

  private static final int MAX_LINES = 6;
  private static final String HARMLESS = " .,_-@/+→…";

  private final Diff diff;
  private final Map<Lineage, Place> now = new LinkedHashMap<>();
  private final Map<Lineage, Place> then = new LinkedHashMap<>();
  private final Map<Lineage, String> types = new HashMap<>();
  private final Map<Lineage, String> classes = new HashMap<>();
  private final Map<Lineage, List<String>> values = new HashMap<>();
  private final Map<Lineage, String> names = new LinkedHashMap<>();

  DiffChart(Diff diff) {
    this.diff = diff;
    diff.touched()
        .forEach((lineage, spot) -> {
          types.put(lineage, spot.type().getSimpleName());
          spot.after().ifPresent(place -> now.put(lineage, place));
        });
    diff.changes().forEach(this::note);
  }

  private void note(Change change) {
    switch (change) {
      case Change.Added(var place, var entity) -> note(entity, place, now, "added");
      case Change.Removed(var place, var entity) -> note(entity, place, then, "removed");
      case Change.Moved(var lineage, var from, var to) -> move(lineage, from, to);
      case Change.Reordered(var lineage, var from, var to) -> move(lineage, from, to);
      case Change.Modified(var lineage, var property, var before, var after) ->
          value(lineage, property + ": " + DiffText.value(before) + " → " + DiffText.value(after));
      case Change.Rearranged(var lineage, var property, _, _) ->
          value(lineage, property + " rearranged");
      case Change.Retyped(_, var before, var after) ->
          value(after.lineage(), "was " + before.getClass().getSimpleName());
    }
  }

  private void note(Entity entity, Place place, Map<Lineage, Place> places, String kind) {
    places.put(entity.lineage(), place);
    types.put(entity.lineage(), entity.getClass().getSimpleName());
    classes.put(entity.lineage(), kind);
  }

  private void move(Lineage lineage, Place from, Place to) {
    now.put(lineage, to);
    then.put(lineage, from);
    classes.put(lineage, "moved");
  }

  private void value(Lineage lineage, String line) {
    values.computeIfAbsent(lineage, _ -> new ArrayList<>()).add(line);
    classes.putIfAbsent(lineage, "modified");
  }

  String chart() {
    choose(now.keySet());
    choose(then.keySet());
    List<String> lines = new ArrayList<>(List.of("flowchart LR"));
    names.forEach((lineage, name) -> lines.add("  " + name + "[\"" + label(lineage) + "\"]"));
    edges(lines, now, " -->|\"", "");
    edges(lines, then, " -.->|\"", "was ");
    rest(lines);
    styles(lines);
    return String.join("\n", lines);
  }

  private void choose(Set<Lineage> some) {
    for (Lineage lineage : some) {
      if (names.size() < MAX_ENTITIES) {
        names.putIfAbsent(lineage, "n" + names.size());
      }
    }
  }

  private String label(Lineage lineage) {
    List<String> lines = new ArrayList<>();
    lines.add(Optional.ofNullable(types.get(lineage)).map(t -> t + " ").orElse("") + "@" + lineage);
    List<String> changed = values.getOrDefault(lineage, List.of());
    lines.addAll(changed.subList(0, Math.min(MAX_LINES, changed.size())));
    if (changed.size() > MAX_LINES) {
      lines.add("and " + (changed.size() - MAX_LINES) + " more");
    }
    return String.join("<br/>", lines.stream().map(DiffChart::escaped).toList());
  }

  private void edges(List<String> lines, Map<Lineage, Place> places, String arrow, String before) {
    places.forEach((lineage, place) -> {
      String name = names.get(lineage);
      String owner = place.owner().map(names::get).orElse(null);
      if (name != null && owner != null) {
        String step = escaped(before + place.property() + place.stepsAsText());
        lines.add("  " + owner + arrow + step + "\"| " + name);
      }
    });
  }

  private void rest(List<String> lines) {
    Set<Lineage> all = new HashSet<>(now.keySet());
    all.addAll(then.keySet());
    if (all.size() > names.size()) {
      lines.add("  rest[\"and " + (all.size() - names.size()) + " more\"]");
    }
  }

  private void styles(List<String> lines) {
    lines.add("  classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328");
    lines.add("  classDef removed fill:#ffebe9,stroke:#cf222e,color:#1f2328");
    lines.add("  classDef moved fill:#ddf4ff,stroke:#0969da,color:#1f2328");
    lines.add("  classDef modified fill:#fff8c5,stroke:#9a6700,color:#1f2328");
    for (String kind : List.of("added", "removed", "moved", "modified")) {
      List<String> some =
          names.keySet().stream()
              .filter(lineage -> kind.equals(classes.get(lineage)))
              .map(names::get)
              .toList();
      if (!some.isEmpty()) {
        lines.add("  class " + String.join(",", some) + " " + kind);
      }
    }
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    DiffText.oneLine(text)
        .codePoints()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c) || HARMLESS.indexOf(c) >= 0) {
            escaped.appendCodePoint(c);
          } else {
            escaped.append('#').append(c).append(';');
          }
        });
    return escaped.toString();
  }
}
