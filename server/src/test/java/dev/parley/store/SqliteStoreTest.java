package dev.parley.store;

import dev.parley.testing.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What holds for a database that is a file. */
final class SqliteStoreTest {
  @Test
  void a_store_that_is_closed_has_let_go_of_its_file() throws SQLException {
    try (OpenStore open = OpenStore.on(Database.SQLITE, 0)) {
      open.store().close();
      for (int i = 0; i < 20; i++) {
        open.open().close();
        open.alone("PRAGMA journal_mode = DELETE");
      }
    }
  }
}
