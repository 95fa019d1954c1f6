package dev.parley.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A copy of all data in one file, made while the server runs; and the way back. */
public interface Backup {

  /**
   * Writes a consistent copy.
   *
   * @param target a file that does not exist yet
   */
  void write(Path target) throws IOException, SQLException;

  /**
   * Replaces all data by that of a copy and begins a new epoch, so that clients reload. No server
   * may run on the data.
   *
   * @throws UnusableDatabase if one does, or the file is no backup
   */
  void restore(Path source) throws IOException, SQLException;

  /** The backup of whatever database the settings name. */
  static Backup of(StoreSettings settings) {
    return settings
        .url()
        .<Backup>map(url -> new PostgresBackup(PostgresUrl.parse(url)))
        .orElseGet(() -> new SqliteBackup(settings.data()));
  }
}
