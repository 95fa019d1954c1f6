package dev.parley.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks once a second how many entries of the logs the search index has not taken in yet. */
final class IndexLag implements AutoCloseable {
  private static final String BEHIND = "SELECT sum(last_seq - indexed_seq) FROM conversations";

  private final Connection database;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Long> entries = new CopyOnWriteArrayList<>();

  /**
   * @param data the folder of a running server
   */
  IndexLag(Path data) {
    try {
      database = DriverManager.getConnection("jdbc:sqlite:file:" + data + "/parley.db?mode=ro");
    } catch (SQLException e) {
      throw new LoadFailure("the server's database cannot be read: " + e.getMessage());
    }
    var _ = clock.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(BEHIND)) {
      row.next();
      entries.add(row.getLong(1));
    } catch (SQLException busy) {
      System.err.println("could not look at the index: " + busy.getMessage());
    }
  }

  /** What was seen, a number of entries each second. */
  List<Long> entries() {
    return entries;
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      clock.awaitTermination(2, TimeUnit.SECONDS);
      database.close();
    } catch (SQLException | InterruptedException e) {
      throw new LoadFailure("looking at the index did not end: " + e.getMessage());
    }
  }
}
