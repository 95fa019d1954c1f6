package dev.parley.store;

import dev.parley.testing.Database;
import dev.parley.testing.Folder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A real store without a server, with a conversation to write to. */
public final class OpenStore implements AutoCloseable {
  public static final String ROOM = "room";

  private final Folder folder;
  private final StoreSettings settings;
  private final Store store;

  private OpenStore(Folder folder, StoreSettings settings) {
    this.folder = folder;
    this.settings = settings;
    this.store = open();
    store.commit(
        change()
            .write(
                "INSERT INTO actors (id, kind, name, name_key) VALUES ('ada', 'account', 'ada',"
                    + " 'ada')")
            .write(
                """
                INSERT INTO conversations (id, kind, title, visibility, created_by, created_at)
                VALUES ('room', 'room', 'Room', 'public', 'ada', 0)\
                """));
  }

  /**
   * @param queue how many changes may wait; 0 for any number
   */
  public static OpenStore on(Database database, int queue) {
    return open(Optional.ofNullable(database.fresh().get("DATABASE_URL")), queue);
  }

  /** On a new PostgreSQL database that is to be reached in a special way. */
  static OpenStore at(String url) {
    return open(Optional.of(url), 0);
  }

  private static OpenStore open(Optional<String> url, int queue) {
    Folder folder = Folder.named("parley-store");
    return new OpenStore(
        folder,
        new StoreSettings(
            folder.path(),
            url,
            4,
            12,
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            queue,
            Duration.ZERO));
  }

  /** Opens the same data once more. */
  Store open() {
    return Stores.open(settings, new SlowStatements(settings.slow()), InstantSource.system());
  }

  /**
   * Does what an embedded database does for somebody only who has it alone.
   *
   * @throws SQLException if it is open elsewhere
   */
  void alone(String sql) throws SQLException {
    String url = "jdbc:sqlite:" + DataFolder.database(folder.path());
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute(sql);
    }
  }

  public Store store() {
    return store;
  }

  public static Change change() {
    return new Change(new Change.Origin("call", "ada"));
  }

  public static Change.Entry entry(int number) {
    return new Change.Entry(
        ROOM, "test.told", 0, 1, Optional.empty(), Body.of(Map.of("number", number)));
  }

  @Override
  public void close() {
    store.close();
    folder.close();
  }
}
