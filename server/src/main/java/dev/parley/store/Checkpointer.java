package dev.parley.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies pages from the write-ahead log to the database beside the writer, and waits for the disk
 * in its place: when the log is full and the writer begins it anew, little is left to copy.
 */
final class Checkpointer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  private static final int PAUSE_MS = 100;

  /** 32 MiB. */
  private static final int PAGES = 8_192;

  private final Connection connection;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parley-checkpointer").daemon().factory());

  Checkpointer(Connection connection) {
    this.connection = connection;
    thread.scheduleWithFixedDelay(this::look, PAUSE_MS, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (left("NOOP") >= PAGES) {
        left("PASSIVE");
      }
    } catch (SQLException later) {
      LOG.debug("the log is not copied now", later);
    }
  }

  /** Does what the mode says; how many pages of the log are not copied then. */
  private int left(String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      row.next();
      return row.getInt(2) - row.getInt(3);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(1, TimeUnit.MINUTES)) {
        connection.close();
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    } catch (SQLException problem) {
      LOG.warn("the database did not close cleanly", problem);
    }
  }
}
