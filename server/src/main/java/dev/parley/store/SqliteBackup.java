package dev.parley.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite's own {@code VACUUM INTO}: one file, compact, as of one moment. */
final class SqliteBackup implements Backup {
  private final Path folder;

  SqliteBackup(Path folder) {
    this.folder = folder;
  }

  @Override
  public void write(Path target) throws IOException, SQLException {
    Path database = DataFolder.database(folder);
    if (!Files.exists(database)) {
      throw new UnusableDatabase("There is no database in " + folder.toAbsolutePath());
    }
    if (Files.exists(target)) {
      throw new UnusableDatabase(target + " exists already");
    }
    try (Connection connection = SqliteStore.dataSource(database, false).getConnection();
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, target.toString());
      copy.execute();
    }
  }

  @Override
  public void restore(Path source) throws IOException, SQLException {
    if (!Files.isReadable(source)) {
      throw new UnusableDatabase(source + " cannot be read");
    }
    try (DataFolder locked = DataFolder.lock(folder)) {
      Path fresh = folder.resolve("parley.db.restoring");
      Files.copy(source, fresh, StandardCopyOption.REPLACE_EXISTING);
      beginEpoch(fresh, source);
      replace(locked.database(), fresh);
    }
  }

  private static void beginEpoch(Path fresh, Path source) throws IOException, SQLException {
    try (Connection connection = SqliteStore.dataSource(fresh, false).getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("PRAGMA integrity_check(1)")) {
        if (!check.next() || !check.getString(1).equals("ok")) {
          throw new UnusableDatabase(source + " is damaged");
        }
      }
      try (PreparedStatement epoch =
          connection.prepareStatement("UPDATE meta SET value = ? WHERE name = 'epoch'")) {
        epoch.setString(1, Schema.newEpoch());
        if (epoch.executeUpdate() == 0) {
          throw new UnusableDatabase(source + " is no backup of Parley");
        }
      }
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException unreadable) {
      Files.deleteIfExists(fresh);
      throw new UnusableDatabase(source + " is no backup of Parley", unreadable);
    }
  }

  /** What was there is kept beside it until the next restore. */
  private static void replace(Path database, Path fresh) throws IOException {
    if (Files.exists(database)) {
      for (String part : new String[] {"-wal", "-shm", ""}) {
        Path old = database.resolveSibling(database.getFileName() + part);
        if (Files.exists(old)) {
          Path kept = database.resolveSibling("parley.db.before-restore" + part);
          Files.move(old, kept, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + "-wal"));
    Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + "-shm"));
    Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
  }
}
