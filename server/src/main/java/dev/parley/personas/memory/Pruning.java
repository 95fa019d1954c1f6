package dev.parley.personas.memory;

import dev.parley.store.Change;
import dev.parley.store.Store;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room. What goes is chosen by one pure function, which a dry run asks just as the run does:
 * first what is believed no more, the oldest first; then from those who told the most, what is
 * worth least of it. So nobody who tells very much pushes out what others told. What is about
 * nobody and for everybody was given by administrators and goes last.
 */
final class Pruning {
  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
  private static final int PORTION = 500;

  private final Store store;
  private final InstantSource clock;
  private final Forgetting forgetting;
  private final int limit;

  Pruning(Store store, InstantSource clock, Forgetting forgetting, int limit) {
    this.store = store;
    this.clock = clock;
    this.forgetting = forgetting;
    this.limit = limit;
  }

  /**
   * What pruning looks at of a statement.
   *
   * @param teller who said it; empty if it was given for everybody
   */
  record Leaf(
      long number,
      String id,
      Optional<String> teller,
      double importance,
      long learntAt,
      boolean believed,
      long uses,
      long lastUsedAt) {

    double keeping(long now) {
      return Worth.keeping(
          importance, Worth.recency(now - Math.max(learntAt, lastUsedAt)), Worth.use(uses));
    }
  }

  /** A statement that is believed, and how many of the same teller are worth more. */
  private record Placed(Leaf leaf, int place, double keeping) {}

  /** What has to go so that not more than {@code keep} stay, the first to go first. */
  static List<Leaf> chosen(List<Leaf> all, int keep, long now) {
    Stream<Leaf> over =
        all.stream().filter(leaf -> !leaf.believed()).sorted(Comparator.comparing(Leaf::number));
    Stream<Leaf> believed =
        placed(all.stream().filter(Leaf::believed).toList(), now).stream()
            .sorted(
                Comparator.comparingInt(Placed::place)
                    .reversed()
                    .thenComparingDouble(Placed::keeping)
                    .thenComparing(one -> one.leaf().number()))
            .map(Placed::leaf);
    return Stream.concat(over, believed).limit(Math.max(0, all.size() - keep)).toList();
  }

  private static List<Placed> placed(List<Leaf> believed, long now) {
    Map<String, Integer> seen = new HashMap<>();
    return believed.stream()
        .map(leaf -> new Placed(leaf, 0, leaf.keeping(now)))
        .sorted(
            Comparator.comparingDouble(Placed::keeping)
                .reversed()
                .thenComparing(one -> -one.leaf().number()))
        .map(one ->
            new Placed(
                one.leaf(),
                one.leaf().teller().map(id -> seen.merge(id, 1, Integer::sum)).orElse(0),
                one.keeping()))
        .toList();
  }

  /** The ids of what would go. */
  List<String> dryRun(String persona, int keep) {
    return due(persona, keep).map(Leaf::id).toList();
  }

  private Stream<Leaf> due(String persona, int keep) {
    return chosen(leaves(persona), keep, clock.millis()).stream();
  }

  /** Removes it. */
  List<String> run(Change.Origin origin, String persona, int keep) {
    List<Leaf> due = due(persona, keep).toList();
    for (int from = 0; from < due.size(); from += PORTION) {
      List<Leaf> portion = due.subList(from, Math.min(due.size(), from + PORTION));
      forgetting.remove(new Change(origin), persona, portion.stream().map(Leaf::number).toList());
    }
    return due.stream().map(Leaf::id).toList();
  }

  int limit() {
    return limit;
  }

  /** Keeps all personas within the limit. */
  void sweep() {
    if (limit == 0) {
      return;
    }
    for (String persona : overfull()) {
      int removed = run(new Change.Origin("pruning", "server"), persona, limit).size();
      LOG.info("{} memories of the persona {} were removed to make room", removed, persona);
    }
  }

  private List<String> overfull() {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT persona FROM memories WHERE forgotten_at IS NULL
                GROUP BY persona HAVING COUNT(*) > ?\
                """,
                limit)
            .mapTo(String.class)
            .list());
  }

  private List<Leaf> leaves(String persona) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT number, id, CASE WHEN scope <> '' OR about IS NOT NULL THEN said_by END,
                  importance, learnt_at, superseded_at, valid_until, uses, last_used_at
                FROM memories WHERE persona = ? AND forgotten_at IS NULL\
                """,
                persona)
            .map((row, context) ->
                new Leaf(
                    row.getLong(1),
                    row.getString(2),
                    Optional.ofNullable(row.getString(3)),
                    row.getDouble(4),
                    row.getLong(5),
                    row.getLong(6) == Moment.NEVER && row.getLong(7) > clock.millis(),
                    row.getLong(8),
                    row.getLong(9)))
            .list());
  }
}
