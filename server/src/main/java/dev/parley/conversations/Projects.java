package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
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
final class Projects implements Subject<ProjectSettings> {
  private static final String SELECT =
      """
      SELECT p.id, p.name, p.description, n.id, n.kind, n.name, n.display_name, p.created_at
      FROM projects p JOIN actors n ON n.id = p.created_by
      """;

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Keeping keeping;

  Projects(Store store, Ids ids, InstantSource clock, Keeping keeping) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.keeping = keeping;
  }

  /** A group of conversations. */
  record Project(String id, String name, String description, Actor createdBy, Instant createdAt) {
    ProjectSettings settings() {
      return ProjectSettings.of(id, name, description);
    }

    Project with(ProjectSettings settings) {
      return new Project(id, settings.name(), settings.description(), createdBy, createdAt);
    }
  }

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
    keeping.keep(
        call.cause(),
        project.settings(),
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
    return maybe(id).orElseThrow(() -> Refusal.notFound("project"));
  }

  private Optional<Project> maybe(String id) {
    return store.read(handle ->
        handle.select(SELECT + "WHERE p.id = ?", id).map((row, context) -> read(row)).findOne());
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
    Paging paging = Paging.of(input.limit(), input.cursor(), "projects.list");
    List<Project> oneMore =
        store.read(handle ->
            handle
                .select(
                    SELECT + "WHERE p.id > ? ORDER BY p.id LIMIT ?",
                    paging.after(),
                    paging.oneMore())
                .map((row, context) -> read(row))
                .list());
    Page<Project> page = paging.page(oneMore, Project::id);
    return new Several(page.items(), page.next());
  }

  One update(Call call, Update input) {
    return Keeping.retried(() -> {
      Project old = changeable(call.caller(), input.id());
      return change(call, old, keeping.newest(old.settings()).with(input));
    });
  }

  private Project changeable(Caller caller, String id) {
    Project project = find(id);
    if (!caller.isAdmin() && !project.createdBy().id().equals(caller.id())) {
      throw Refusal.forbidden("Only its maker or an administrator changes a project");
    }
    return project;
  }

  private One change(Call call, Project old, ProjectSettings next) {
    keeping.keep(
        call.cause(),
        next,
        call.change()
            .write(
                "UPDATE projects SET name = ?, description = ? WHERE id = ?",
                next.name(),
                next.description(),
                old.id()));
    return new One(old.with(next));
  }

  @Override
  public Class<ProjectSettings> type() {
    return ProjectSettings.class;
  }

  @Override
  public Optional<ProjectSettings> visible(Caller caller, String id) {
    return maybe(id).map(Project::settings);
  }

  @Override
  public void requireChangeable(Caller caller, String id) {
    changeable(caller, id);
  }

  @Override
  public void restore(Call call, ProjectSettings old) {
    Keeping.retried(() -> {
      Project project = changeable(call.caller(), old.lineage().value());
      return change(call, project, old.after(keeping.newest(project.settings())));
    });
  }
}
