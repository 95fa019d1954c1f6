package dev.parley.entities;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Plant} that can be edited, and that is written in one line: {@code
 * name!=value[list]{key:map}<set>(key:[lane])?maybe}, where {@code !} makes it a bud and all but
 * the name may lack.
 */
final class Sketch {
  final String name;
  int value;
  boolean bud;
  List<Sketch> list = new ArrayList<>();
  Map<String, Sketch> map = new TreeMap<>();
  Map<String, Sketch> set = new TreeMap<>();
  @Nullable Sketch maybe;
  Map<String, List<Sketch>> lanes = new TreeMap<>();

  Sketch(String name) {
    this.name = name;
  }

  static Plant plant(String text) {
    return parse(text).plant();
  }

  static Sketch parse(String text) {
    Reader reader = new Reader(text);
    Sketch sketch = reader.node();
    if (reader.at < text.length()) {
      throw new IllegalArgumentException(text + " at " + reader.at);
    }
    return sketch;
  }

  Plant plant() {
    Identity id = Grid.id(name);
    return bud
        ? new Plant.Bud(id, value, plants(list))
        : new Plant.Twig(
            id,
            value,
            plants(list),
            map.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().plant())),
            new HashSet<>(plants(List.copyOf(set.values()))),
            Optional.ofNullable(maybe).map(Sketch::plant),
            lanes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> plants(e.getValue()))));
  }

  private static List<Plant> plants(List<Sketch> sketches) {
    return sketches.stream().map(Sketch::plant).toList();
  }

  static Sketch of(Plant plant) {
    Sketch sketch = new Sketch(plant.lineage().value());
    sketch.value = plant.value();
    switch (plant) {
      case Plant.Bud bud -> {
        sketch.bud = true;
        bud.list().forEach(child -> sketch.list.add(of(child)));
      }
      case Plant.Twig twig -> {
        twig.list().forEach(child -> sketch.list.add(of(child)));
        twig.map().forEach((key, child) -> sketch.map.put(key, of(child)));
        twig.set().forEach(child -> sketch.set.put(child.lineage().value(), of(child)));
        sketch.maybe = twig.maybe().map(Sketch::of).orElse(null);
        twig.lanes()
            .forEach((key, lane) ->
                sketch.lanes.put(key, lane.stream().map(Sketch::of).collect(Collectors.toList())));
      }
    }
    return sketch;
  }

  /** All nodes by name. */
  Map<String, Sketch> all() {
    Map<String, Sketch> all = new LinkedHashMap<>();
    all.put(name, this);
    children((child, _) -> all.putAll(child.all()));
    return all;
  }

  /** Tells of every child, and how it is taken out. */
  void children(BiConsumer<Sketch, Runnable> sink) {
    List.copyOf(list).forEach(child -> sink.accept(child, () -> list.remove(child)));
    Map.copyOf(map).forEach((key, child) -> sink.accept(child, () -> map.remove(key)));
    List.copyOf(set.values()).forEach(child -> sink.accept(child, () -> set.remove(child.name)));
    if (maybe != null) {
      sink.accept(maybe, () -> maybe = null);
    }
    lanes
        .values()
        .forEach(lane ->
            List.copyOf(lane).forEach(child -> sink.accept(child, () -> lane.remove(child))));
  }

  /** Takes a node out from wherever it is below. */
  Sketch take(String wanted) {
    for (Sketch owner : all().values()) {
      Sketch[] found = new Sketch[1];
      owner.children((child, out) -> {
        if (child.name.equals(wanted)) {
          out.run();
          found[0] = child;
        }
      });
      if (found[0] != null) {
        return found[0];
      }
    }
    throw new IllegalArgumentException(wanted + " is not below " + name);
  }

  @Override
  public String toString() {
    return name
        + (bud ? "!" : "")
        + (value == 0 ? "" : "=" + value)
        + (list.isEmpty() ? "" : "[" + line(list) + "]")
        + (map.isEmpty() ? "" : "{" + entries(map) + "}")
        + (set.isEmpty() ? "" : "<" + line(List.copyOf(set.values())) + ">")
        + (lanes.isEmpty() ? "" : "(" + lanesAsText() + ")")
        + (maybe == null ? "" : "?" + maybe);
  }

  private static String line(List<Sketch> sketches) {
    return sketches.stream().map(Sketch::toString).collect(Collectors.joining(" "));
  }

  private static String entries(Map<String, Sketch> entries) {
    return entries.entrySet().stream()
        .map(e -> e.getKey() + ":" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  private String lanesAsText() {
    return lanes.entrySet().stream()
        .map(e -> e.getKey() + ":[" + line(e.getValue()) + "]")
        .collect(Collectors.joining(" "));
  }

  /** Reads a line from the left to the right. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Sketch node() {
      Sketch sketch = new Sketch(word());
      sketch.bud = take('!');
      sketch.value = take('=') ? Integer.parseInt(word()) : 0;
      if (take('[')) {
        sketch.list.addAll(nodes(']'));
      }
      if (take('{')) {
        keyed('}', key -> sketch.map.put(key, node()));
      }
      if (take('<')) {
        nodes('>').forEach(child -> sketch.set.put(child.name, child));
      }
      if (take('(')) {
        keyed(
            ')',
            key -> {
              take('[');
              sketch.lanes.put(key, nodes(']'));
            });
      }
      sketch.maybe = take('?') ? node() : null;
      return sketch;
    }

    private List<Sketch> nodes(char end) {
      List<Sketch> nodes = new ArrayList<>();
      while (!take(end)) {
        nodes.add(node());
        take(' ');
      }
      return nodes;
    }

    private void keyed(char end, java.util.function.Consumer<String> sink) {
      while (!take(end)) {
        String key = word();
        take(':');
        sink.accept(key);
        take(' ');
      }
    }

    private String word() {
      int start = at;
      while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private boolean take(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }
  }
}
