package dev.parley.store;

import dev.parley.entities.Catalog;
import dev.parley.entities.References;
import dev.parley.entities.Refused;
import dev.parley.entities.Stored;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads everything that is stored of entity trees and tells what is not as it was written: texts
 * that do not fit their hash, and references to what is missing or is another one. Rows are only
 * appended, so a server may write meanwhile.
 */
public final class Verification {
  /** How many nodes or pages are read at once. */
  private static final int BATCH = 500;

  private static final String WITHOUT_COMMIT =
      "NOT EXISTS (SELECT 1 FROM entity_commits c WHERE c.version = t.version)";

  private final Store store;
  private final EntityRows rows;
  private final Catalog catalog;
  private final Consumer<String> damage;
  private final Set<String> seenPages = new HashSet<>();
  private long damages;
  private long nodes;

  /**
   * @param catalog all types that may be stored
   * @param damage hears one line for each damage, which begins with {@code @lineage:version}
   */
  public Verification(Store store, Catalog catalog, Consumer<String> damage) {
    this.store = store;
    this.rows = new EntityRows(store);
    this.catalog = catalog;
    this.damage = damage;
  }

  /**
   * What was looked at.
   *
   * @param trees how many trees there are, branches counted apart
   */
  public record Result(long trees, long versions, long nodes, long pages, long damages) {}

  /** Looks at everything. */
  public Result run() {
    checkHeads();
    checkVersions();
    checkHistories();
    checkNodes();
    checkPages();
    return new Result(
        count("entity_heads"), count("entity_versions"), nodes, seenPages.size(), damages);
  }

  private void tell(String line) {
    damages++;
    damage.accept(line);
  }

  private long count(String table) {
    return store.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(long.class).one());
  }

  private void checkHeads() {
    tellOfEach(
        """
        SELECT root, version FROM entity_heads t WHERE NOT EXISTS (
          SELECT 1 FROM entity_versions v WHERE v.root = t.root AND v.version = t.version)\
        """,
        "is the newest version of its tree, and missing");
  }

  private void checkVersions() {
    tellOfEach(
        """
        SELECT root, version FROM entity_versions t WHERE NOT EXISTS (
          SELECT 1 FROM entity_nodes r
          JOIN entity_nodes n ON n.lineage = r.lineage AND n.version = r.content
          WHERE r.lineage = t.root AND r.version = t.version AND n.hash = t.hash)\
        """,
        "is a version whose root is missing or another one");
    tellOfEach(
        "SELECT root, version FROM entity_versions t WHERE " + WITHOUT_COMMIT,
        "is a version of which nobody knows when it was made");
  }

  private void checkHistories() {
    tellOfEach(
        """
        SELECT lineage, version FROM entity_nodes t WHERE NOT EXISTS (
          SELECT 1 FROM entity_nodes n
          WHERE n.lineage = t.lineage AND n.version = t.content AND n.body IS NOT NULL)\
        """,
        "has a content that is missing");
    tellOfEach(
        "SELECT lineage, version FROM entity_nodes t WHERE " + WITHOUT_COMMIT,
        "is a node of which nobody knows when it was made");
  }

  private void tellOfEach(String sql, String what) {
    store
        .read(handle ->
            handle
                .createQuery(sql + " ORDER BY 1, 2")
                .map((row, context) -> "@" + row.getString(1) + ":" + row.getLong(2) + " " + what)
                .list())
        .forEach(this::tell);
  }

  private void checkNodes() {
    Optional<Stored.Node> last = Optional.empty();
    List<Stored.Node> batch = nodesAfter(last);
    while (!batch.isEmpty()) {
      nodes += batch.size();
      checkReferences(references(batch));
      last = Optional.of(batch.getLast());
      batch = nodesAfter(last);
    }
  }

  private List<Stored.Node> nodesAfter(Optional<Stored.Node> last) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT lineage, version, type, body, hash FROM entity_nodes
                WHERE (lineage, version) > (?, ?) AND body IS NOT NULL
                ORDER BY lineage, version LIMIT ?\
                """)
            .bind(0, last.map(node -> node.lineage().value()).orElse(""))
            .bind(1, last.map(Stored.Node::version).orElse(0L))
            .bind(2, BATCH)
            .map((row, context) -> EntityRows.node(row))
            .list());
  }

  /** What each node of a batch refers to, itself or on its pages. */
  private Map<Stored.Node, Set<Stored.Key>> references(List<Stored.Node> batch) {
    Map<Stored.Node, Set<Stored.Key>> references = new LinkedHashMap<>();
    for (Stored.Node node : batch) {
      if (node.isIntact()) {
        references.put(node, references(node));
      } else {
        tell(name(node) + " is not what was written");
      }
    }
    return references;
  }

  private Set<Stored.Key> references(Stored.Node node) {
    Set<Stored.Key> keys = new HashSet<>();
    try {
      collect(node, References.of(node, catalog), keys);
    } catch (Refused unreadable) {
      tell(name(node) + " cannot be read: " + unreadable.getMessage());
    }
    return keys;
  }

  private void collect(Stored.Node node, References found, Set<Stored.Key> keys) {
    keys.addAll(found.nodes());
    for (References.Paged paged : found.pages()) {
      if (seenPages.add(paged.hash())) {
        Optional<Stored.Page> page = rows.page(paged.hash()).filter(Stored.Page::isIntact);
        if (page.isPresent()) {
          collect(node, paged.on(page.get()), keys);
        } else {
          tell(name(node) + " has a page that is missing or not what was written: " + paged.hash());
        }
      }
    }
  }

  private void checkReferences(Map<Stored.Node, Set<Stored.Key>> references) {
    Set<Stored.Key> wanted = new HashSet<>();
    references.values().forEach(wanted::addAll);
    Set<Stored.Key> there = new HashSet<>();
    rows.nodes(wanted).forEach(node -> there.add(node.key()));
    references.forEach((node, keys) ->
        keys.stream()
            .filter(key -> !there.contains(key))
            .forEach(key ->
                tell(
                    name(node)
                        + " refers to @"
                        + key.lineage()
                        + ":"
                        + key.version()
                        + ", which is missing or another one")));
  }

  private static String name(Stored.Node node) {
    return "@" + node.lineage() + ":" + node.version();
  }

  /** Those that no node refers to any more; the others were looked at already. */
  private void checkPages() {
    List<Stored.Page> batch = pagesAfter("");
    while (!batch.isEmpty()) {
      for (Stored.Page page : batch) {
        if (seenPages.add(page.hash()) && !page.isIntact()) {
          tell("the page " + page.hash() + " is not what was written");
        }
      }
      batch = pagesAfter(batch.getLast().hash());
    }
  }

  private List<Stored.Page> pagesAfter(String hash) {
    return store.read(handle ->
        handle
            .createQuery("SELECT hash, body FROM entity_pages WHERE hash > ? ORDER BY hash LIMIT ?")
            .bind(0, hash)
            .bind(1, BATCH)
            .map((row, context) -> new Stored.Page(row.getString(1), row.getString(2)))
            .list());
  }
}
