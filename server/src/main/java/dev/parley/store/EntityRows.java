package dev.parley.store;

import dev.parley.entities.Branch;
import dev.parley.entities.Cause;
import dev.parley.entities.Decoder;
import dev.parley.entities.Lineage;
import dev.parley.entities.Stamp;
import dev.parley.entities.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.Query;

/** The rows of entity trees, as they are read. */
final class EntityRows implements Decoder.Source {
  /** How many nodes one statement asks for. */
  private static final int BATCH = 250;

  private static final String VERSION =
      """
      SELECT v.version, v.branch, v.parent, v.merged, v.hash,
             c.at, c.call, c.function, c.actor, c.on_behalf_of
      FROM entity_versions v JOIN entity_commits c ON c.version = v.version
      """;
  private static final String REVISION =
      """
      SELECT r.version, r.branch, r.act, r.owner, r.property, r.steps, r.content, n.hash,
             c.at, c.call, c.function, c.actor, c.on_behalf_of
      FROM entity_nodes r
      JOIN entity_commits c ON c.version = r.version
      JOIN entity_nodes n ON n.lineage = r.lineage AND n.version = r.content
      WHERE r.lineage = ? AND r.branch = ?
      """;

  private final Store store;

  EntityRows(Store store) {
    this.store = store;
  }

  /** A row of a tree's version. */
  record VersionRow(
      Stamp stamp, Branch branch, OptionalLong parent, OptionalLong merged, String hash) {}

  /** A row of what happened to an entity. */
  record RevisionRow(
      Stamp stamp,
      Branch branch,
      String act,
      Optional<Lineage> owner,
      String property,
      String steps,
      long content,
      String hash) {}

  /** Where a branch comes from. */
  record Fork(Branch from, long at) {}

  long newestCommit() {
    return store.read(handle ->
        handle
            .createQuery("SELECT COALESCE(MAX(version), 0) FROM entity_commits")
            .mapTo(long.class)
            .one());
  }

  /** The newest commit up to an instant, or 0. */
  long newestCommit(Instant upTo) {
    return store.read(handle ->
        handle
            .select(
                "SELECT COALESCE(MAX(version), 0) FROM entity_commits WHERE at <= ?",
                upTo.toEpochMilli())
            .mapTo(long.class)
            .one());
  }

  Optional<VersionRow> head(Lineage root, Branch branch) {
    return store.read(handle ->
        handle
            .createQuery(
                VERSION
                    + """
                    JOIN entity_heads h ON h.root = v.root AND h.version = v.version
                    WHERE h.root = ? AND h.branch = ?
                    """)
            .bind(0, root.value())
            .bind(1, branch.id())
            .map((row, context) -> version(row))
            .findOne());
  }

  Optional<VersionRow> version(Lineage root, long number) {
    return store.read(handle ->
        handle
            .createQuery(VERSION + "WHERE v.root = ? AND v.version = ?")
            .bind(0, root.value())
            .bind(1, number)
            .map((row, context) -> version(row))
            .findOne());
  }

  List<VersionRow> versions(Lineage root, Branch branch, long before, int limit) {
    return store.read(handle ->
        handle
            .createQuery(
                VERSION
                    + """
                    WHERE v.root = ? AND v.branch = ? AND v.version < ?
                    ORDER BY v.version DESC LIMIT ?
                    """)
            .bind(0, root.value())
            .bind(1, branch.id())
            .bind(2, before)
            .bind(3, limit)
            .map((row, context) -> version(row))
            .list());
  }

  List<RevisionRow> revisions(Lineage lineage, Branch branch, long before, int limit) {
    return revisions(lineage, branch, "AND r.version < ?", before, limit);
  }

  Optional<RevisionRow> revision(Lineage lineage, Branch branch, Instant upTo, long before) {
    return store.read(handle ->
        handle
            .createQuery(
                REVISION + "AND c.at <= ? AND r.version < ? ORDER BY r.version DESC LIMIT 1")
            .bind(0, lineage.value())
            .bind(1, branch.id())
            .bind(2, upTo.toEpochMilli())
            .bind(3, before)
            .map((row, context) -> revision(row))
            .findOne());
  }

  private List<RevisionRow> revisions(
      Lineage lineage, Branch branch, String bound, long before, int limit) {
    return store.read(handle ->
        handle
            .createQuery(REVISION + bound + " ORDER BY r.version DESC LIMIT ?")
            .bind(0, lineage.value())
            .bind(1, branch.id())
            .bind(2, before)
            .bind(3, limit)
            .map((row, context) -> revision(row))
            .list());
  }

  Optional<Fork> fork(Lineage root, Branch branch) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT forked_from, forked_at FROM entity_heads
                WHERE root = ? AND branch = ? AND forked_at IS NOT NULL\
                """)
            .bind(0, root.value())
            .bind(1, branch.id())
            .map((row, context) -> new Fork(new Branch(row.getString(1)), row.getLong(2)))
            .findOne());
  }

  List<Branch> branches(Lineage root) {
    return store.read(handle ->
        handle
            .createQuery("SELECT branch FROM entity_heads WHERE root = ? AND forked_at IS NOT NULL")
            .bind(0, root.value())
            .map((row, context) -> new Branch(row.getString(1)))
            .list());
  }

  @Override
  public Collection<Stored.Node> nodes(Collection<Stored.Key> keys) {
    List<Stored.Node> found = new ArrayList<>(keys.size());
    Iterator<Stored.Key> rest = keys.iterator();
    while (rest.hasNext()) {
      List<Stored.Key> batch = new ArrayList<>(BATCH);
      while (rest.hasNext() && batch.size() < BATCH) {
        batch.add(rest.next());
      }
      found.addAll(batch(batch));
    }
    return found;
  }

  private List<Stored.Node> batch(List<Stored.Key> keys) {
    String places = String.join(", ", Collections.nCopies(keys.size(), "(?, ?)"));
    return store.read(handle -> {
      Query query =
          handle.createQuery(
              """
              SELECT lineage, version, type, body, hash FROM entity_nodes
              WHERE body IS NOT NULL AND (lineage, version) IN (VALUES %s)
              """
                  .formatted(places));
      for (int i = 0; i < keys.size(); i++) {
        query.bind(2 * i, keys.get(i).lineage().value());
        query.bind(2 * i + 1, keys.get(i).version());
      }
      return query.map((row, context) -> node(row)).list();
    });
  }

  static Stored.Node node(ResultSet row) throws SQLException {
    return new Stored.Node(
        new Lineage(row.getString(1)),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5));
  }

  @Override
  public Optional<Stored.Page> page(String hash) {
    return store.read(handle ->
        handle
            .createQuery("SELECT hash, body FROM entity_pages WHERE hash = ?")
            .bind(0, hash)
            .map((row, context) -> new Stored.Page(row.getString(1), row.getString(2)))
            .findOne());
  }

  private static VersionRow version(ResultSet row) throws SQLException {
    return new VersionRow(
        stamp(row),
        new Branch(row.getString("branch")),
        number(row, "parent"),
        number(row, "merged"),
        row.getString("hash"));
  }

  private static RevisionRow revision(ResultSet row) throws SQLException {
    return new RevisionRow(
        stamp(row),
        new Branch(row.getString("branch")),
        row.getString("act"),
        Optional.ofNullable(row.getString("owner")).map(Lineage::new),
        row.getString("property"),
        row.getString("steps"),
        row.getLong("content"),
        row.getString("hash"));
  }

  private static Stamp stamp(ResultSet row) throws SQLException {
    return new Stamp(
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("at")),
        new Cause(
            row.getString("call"),
            row.getString("function"),
            row.getString("actor"),
            Optional.ofNullable(row.getString("on_behalf_of"))));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
