package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Lineage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest calls and what they made of what. It has a bound: what is asked of it ends where the
 * calls that it still knows end. Each version states its call by itself, in its cause.
 */
public final class Provenance {
  /** How many calls are known unless stated otherwise. */
  public static final int CAPACITY = 10_000;

  private final @Nullable Execution[] ring;
  private long count;

  public Provenance() {
    this(CAPACITY);
  }

  /**
   * @param capacity how many calls are known, at least 1
   */
  public Provenance(int capacity) {
    ring = new @Nullable Execution[capacity];
  }

  synchronized void add(Execution execution) {
    ring[(int) (count++ % ring.length)] = execution;
  }

  /** All calls that are known, newest first. */
  public synchronized List<Execution> newest() {
    List<Execution> all = new ArrayList<>((int) Math.min(count, ring.length));
    for (long i = count - 1; i >= Math.max(0, count - ring.length); i--) {
      Execution execution = ring[(int) (i % ring.length)];
      if (execution != null) {
        all.add(execution);
      }
    }
    return all;
  }

  public Optional<Execution> find(String id) {
    return newest().stream().filter(execution -> execution.id().equals(id)).findFirst();
  }

  /** The calls that had an entity among their inputs or outputs, newest first. */
  public List<Execution> of(Lineage lineage) {
    return newest().stream().filter(execution -> execution.concerns(lineage)).toList();
  }

  /**
   * The call that made a version of an entity, those that made its inputs, and so on; nearest
   * first.
   *
   * @throws IllegalArgumentException if the address states no version
   */
  public List<Execution> upstream(Address version) {
    Map<Long, Execution> makers = new HashMap<>();
    newest().forEach(e -> e.commit().ifPresent(number -> makers.put(number, e)));
    return reach(
        maker(makers, withoutPath(version)).stream().toList(),
        execution -> execution.inputs().stream().flatMap(i -> maker(makers, i).stream()));
  }

  /** Every node of a commit bears the commit's number as its version. */
  private static Optional<Execution> maker(Map<Long, Execution> makers, Address version) {
    return version.version().isPresent()
        ? Optional.ofNullable(makers.get(version.version().getAsLong()))
        : Optional.empty();
  }

  /**
   * The calls that had a version of an entity as input, those that had what they made of it, and so
   * on; nearest first.
   *
   * @throws IllegalArgumentException if the address states no version
   */
  public List<Execution> downstream(Address version) {
    Map<Address, List<Execution>> takers = new HashMap<>();
    newest()
        .reversed()
        .forEach(e ->
            e.inputs().forEach(i -> takers.computeIfAbsent(i, none -> new ArrayList<>(1)).add(e)));
    return reach(
        takers.getOrDefault(withoutPath(version), List.of()),
        execution ->
            execution.outputs().stream()
                .filter(output -> output.meaning() != Meaning.UNCHANGED)
                .flatMap(output -> takers.getOrDefault(output.address(), List.of()).stream()));
  }

  private static List<Execution> reach(
      List<Execution> start, Function<Execution, Stream<Execution>> next) {
    Set<Execution> reached = new LinkedHashSet<>(start);
    Deque<Execution> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      next.apply(open.poll()).filter(reached::add).forEach(open::add);
    }
    return List.copyOf(reached);
  }

  /**
   * What the call that made a version of an entity left besides.
   *
   * @throws IllegalArgumentException if the address states no version
   */
  public List<Execution.Output> siblings(Address version) {
    return upstreamOne(version)
        .map(execution ->
            execution.outputs().stream()
                .filter(output -> !output.address().lineage().equals(version.lineage()))
                .toList())
        .orElse(List.of());
  }

  /**
   * Where the attributes of a version of an entity came from, as far as its call told.
   *
   * @throws IllegalArgumentException if the address states no version
   */
  public List<Execution.Origin> origins(Address version) {
    return upstreamOne(version)
        .map(execution ->
            execution.origins().stream()
                .filter(o -> o.attribute().lineage().equals(version.lineage()))
                .toList())
        .orElse(List.of());
  }

  private Optional<Execution> upstreamOne(Address version) {
    long number = withoutPath(version).version().orElseThrow();
    return newest().stream()
        .filter(e -> e.commit().isPresent() && e.commit().getAsLong() == number)
        .findFirst();
  }

  private static Address withoutPath(Address version) {
    if (version.version().isEmpty()) {
      throw new IllegalArgumentException(version + " states no version");
    }
    return new Address(version.lineage(), version.version(), List.of());
  }
}
