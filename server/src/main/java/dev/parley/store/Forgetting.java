package dev.parley.store;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives up old versions. What was the newest at a version number is kept, and all since, so every
 * row that a kept version reaches is either that or pointed at by it.
 */
final class Forgetting {
  private static final Pattern PAGE = Pattern.compile("\"page\":\"([A-Za-z0-9_-]{22})\"");

  private final Store store;

  Forgetting(Store store) {
    this.store = store;
  }

  int before(long keepFrom) {
    long from = Math.min(keepFrom, oldestFork());
    int versions = versionsBefore(from);
    Change change = new Change(new Change.Origin("", ""));
    change.write(
        """
        DELETE FROM entity_versions WHERE version < ? AND (
          EXISTS (SELECT 1 FROM entity_versions n WHERE n.root = entity_versions.root
                  AND n.version > entity_versions.version AND n.version <= ?)
          OR NOT EXISTS (SELECT 1 FROM entity_heads h WHERE h.root = entity_versions.root))\
        """,
        from,
        from);
    change.write(
        """
        DELETE FROM entity_nodes WHERE version < ? AND EXISTS (
          SELECT 1 FROM entity_nodes n WHERE n.lineage = entity_nodes.lineage
          AND n.act = 'removed' AND n.version < ? AND n.version >= entity_nodes.version
          AND NOT EXISTS (SELECT 1 FROM entity_nodes l
                          WHERE l.lineage = n.lineage AND l.version > n.version))\
        """,
        from,
        from);
    change.write(
        """
        DELETE FROM entity_nodes WHERE version < ?
        AND EXISTS (SELECT 1 FROM entity_nodes n WHERE n.lineage = entity_nodes.lineage
                    AND n.version > entity_nodes.version AND n.version <= ?)
        AND NOT EXISTS (SELECT 1 FROM entity_nodes k WHERE k.lineage = entity_nodes.lineage
                        AND k.content = entity_nodes.version
                        AND k.version > entity_nodes.version)\
        """,
        from,
        from);
    change.write(
        """
        DELETE FROM entity_commits WHERE version < ?
        AND NOT EXISTS (SELECT 1 FROM entity_nodes n WHERE n.version = entity_commits.version)
        AND NOT EXISTS (SELECT 1 FROM entity_versions v WHERE v.version = entity_commits.version)\
        """,
        from);
    store.commit(change);
    forgetPages();
    return versions - versionsBefore(from);
  }

  private long oldestFork() {
    return number("SELECT COALESCE(MIN(forked_at), 9223372036854775807) FROM entity_heads");
  }

  private int versionsBefore(long from) {
    return (int) number("SELECT COUNT(*) FROM entity_versions WHERE version < " + from);
  }

  private long number(String sql) {
    return store.read(handle -> handle.createQuery(sql).mapTo(long.class).one());
  }

  private void forgetPages() {
    Set<String> unused = new HashSet<>(pages());
    unused.removeAll(used());
    if (unused.isEmpty()) {
      return;
    }
    Change change = new Change(new Change.Origin("", ""));
    unused.forEach(hash -> change.write("DELETE FROM entity_pages WHERE hash = ?", hash));
    store.commit(change);
  }

  private Set<String> pages() {
    return store.read(
        handle -> handle.createQuery("SELECT hash FROM entity_pages").mapTo(String.class).set());
  }

  private Set<String> used() {
    return store.read(handle -> {
      Set<String> used = new HashSet<>();
      handle
          .createQuery("SELECT body FROM entity_nodes WHERE body LIKE '%\"pages\"%'")
          .mapTo(String.class)
          .forEach(body -> {
            Matcher page = PAGE.matcher(body);
            while (page.find()) {
              used.add(page.group(1));
            }
          });
      return used;
    });
  }
}
