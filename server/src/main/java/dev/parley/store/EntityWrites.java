package dev.parley.store;

import dev.parley.entities.Branch;
import dev.parley.entities.Cause;
import dev.parley.entities.Commit;
import dev.parley.entities.Encoder;
import dev.parley.entities.Lineage;
import dev.parley.entities.Place;
import dev.parley.entities.Revision;
import dev.parley.entities.Stored;
import dev.parley.entities.Version;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What commits of entity trees add to a change: new heads, versions and nodes. */
final class EntityWrites {
  /** The guard that fails if a head is not where the commit begins. */
  static final String HEAD = "entity head";

  private EntityWrites() {}

  /** Adds all that a commit writes: heads first, which hold only if nobody else moved them. */
  static void add(Change change, Commit commit, Encoder encoder) {
    commit.heads().forEach(head -> moveHead(change, head, commit.stamp().version()));
    Cause cause = commit.stamp().cause();
    change.require(
        HEAD,
        """
        INSERT INTO entity_commits (version, at, call, function, actor, on_behalf_of)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
        """,
        commit.stamp().version(),
        commit.stamp().at().toEpochMilli(),
        cause.call(),
        cause.function(),
        cause.actor(),
        cause.onBehalfOf().orElse(null));
    commit.heads().forEach(head -> writeVersion(change, head, commit.stamp().version()));
    Map<Lineage, Stored.Node> contents = new HashMap<>();
    encoder.nodes().forEach(node -> contents.put(node.lineage(), node));
    commit.revisions().forEach(r -> writeNode(change, r, contents.get(r.lineage())));
    encoder
        .pages()
        .forEach(page ->
            change.write(
                "INSERT INTO entity_pages (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
                page.hash(),
                page.body()));
  }

  private static void moveHead(Change change, Commit.Head head, long version) {
    String root = head.lineage().value();
    String branch = head.branch().id();
    if (head.base().isEmpty()) {
      change.require(
          HEAD,
          "INSERT INTO entity_heads (root, branch, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          root,
          branch,
          version);
    } else if (head.root().isEmpty()) {
      change.require(
          HEAD,
          "DELETE FROM entity_heads WHERE root = ? AND branch = ? AND version = ?",
          root,
          branch,
          head.base().getAsLong());
    } else {
      change.require(
          HEAD,
          "UPDATE entity_heads SET version = ? WHERE root = ? AND branch = ? AND version = ?",
          version,
          root,
          branch,
          head.base().getAsLong());
    }
  }

  private static void writeVersion(Change change, Commit.Head head, long version) {
    head.root()
        .ifPresent(root ->
            change.write(
                """
                INSERT INTO entity_versions (root, version, branch, parent, merged, hash)
                VALUES (?, ?, ?, ?, ?, ?)\
                """,
                head.lineage().value(),
                version,
                head.branch().id(),
                orNull(head.base()),
                orNull(head.merged()),
                Stored.Key.of(root).hash()));
  }

  private static @Nullable Long orNull(OptionalLong number) {
    return number.isPresent() ? (Long) number.getAsLong() : null;
  }

  private static void writeNode(Change change, Revision revision, Stored.@Nullable Node content) {
    Place place = revision.place().orElse(Place.ROOT);
    change.write(
        """
        INSERT INTO entity_nodes
          (lineage, version, branch, act, owner, property, steps, content, type, body, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        revision.lineage().value(),
        revision.stamp().version(),
        revision.branch().id(),
        revision.act().name().toLowerCase(Locale.ROOT),
        place.owner().map(Lineage::value).orElse(null),
        place.property(),
        Steps.write(place.steps()),
        revision.node().id().version(),
        content == null ? null : content.type(),
        content == null ? null : content.body(),
        content == null ? null : content.hash());
  }

  /** Adds a new branch, whose head is a version of another one. */
  static void fork(Change change, Version<?> from, Branch branch) {
    change.require(
        HEAD,
        """
        INSERT INTO entity_heads (root, branch, version, forked_from, forked_at)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
        """,
        from.root().lineage().value(),
        branch.id(),
        from.number(),
        from.branch().id(),
        from.number());
  }
}
