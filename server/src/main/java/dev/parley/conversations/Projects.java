package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Cursor;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Projects group conversations. Everybody sees them; their makers and administrators change them.
 */
final class Projects {
  private static final String SELECT =
      """
      SELECT p.id, p.name, p.description, n.id, n.kind, n.name, n.display_name, p.created_at
      FROM projects p JOIN actors n ON n.id = p.created_by
      """;

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;

  Projects(Store store, Ids ids, InstantSource clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /** A group of conversations. */
  record Project(String id, String name, String description, Actor createdBy, Instant createdAt) {}

  record Create(
      @Text(min = 1, max = 120) String name, @Text(max = 2_000) Optional<String> description) {}

  record ById(@Text(min = 1, max = 40) String id) {}

  record Update(
      @Text(min = 1, max = 40) String id,
      @Text(min = 1, max = 120) Optional<String> name,
      @Text(max = 2_000) Optional<String> description) {}

  record Listed(
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  record One(Project project) {}

  record Several(List<Project> items, Optional<String> next) {}

  One create(Call call, Create input) {
    Project project =
        new Project(
            ids.next(),
            input.name(),
            input.description().orElse(""),
            call.caller().actor(),
            Instant.ofEpochMilli(clock.millis()));
    store.commit(
        call.change()
            .write(
                """
                INSERT INTO projects (id, name, description, created_by, created_at)
                VALUES (?, ?, ?, ?, ?)\
                """,
                project.id(),
                project.name(),
                project.description(),
                project.createdBy().id(),
                project.createdAt().toEpochMilli()));
    return new One(project);
  }

  One get(Call call, ById input) {
    return new One(find(input.id()));
  }

  private Project find(String id) {
    return store
        .read(handle ->
            handle.select(SELECT + "WHERE p.id = ?", id).map((row, context) -> read(row)).findOne())
        .orElseThrow(() -> Refusal.notFound("project"));
  }

  private static Project read(ResultSet row) throws SQLException {
    return new Project(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Rows.actor(row, 4),
        Instant.ofEpochMilli(row.getLong(8)));
  }

  Several list(Call call, Listed input) {
    int limit = Page.limit(input.limit());
    List<Project> oneMore =
        store.read(handle ->
            handle
                .select(
                    SELECT + "WHERE p.id > ? ORDER BY p.id LIMIT ?",
                    Cursor.keyOf(input.cursor()),
                    limit + 1)
                .map((row, context) -> read(row))
                .list());
    Page<Project> page = Page.of(oneMore, limit, Project::id);
    return new Several(page.items(), page.next());
  }

  One update(Call call, Update input) {
    Project old = find(input.id());
    if (!call.caller().isAdmin() && !old.createdBy().id().equals(call.caller().id())) {
      throw Refusal.forbidden("Only its maker or an administrator changes a project");
    }
    Project changed =
        new Project(
            old.id(),
            input.name().orElse(old.name()),
            input.description().orElse(old.description()),
            old.createdBy(),
            old.createdAt());
    store.commit(
        call.change()
            .write(
                "UPDATE projects SET name = ?, description = ? WHERE id = ?",
                changed.name(),
                changed.description(),
                changed.id()));
    return new One(changed);
  }
}
