package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What older versions wrote is there afterwards. */
final class SchemaTest {
  @Test
  void a_log_that_lay_by_conversation_is_the_same_in_the_order_of_time(@TempDir Path folder) {
    SQLiteDataSource database = SqliteStore.dataSource(folder.resolve("parley.db"), false);
    Schema.migrations(database, Dialect.SQLITE).target("17").load().migrate();
    Jdbi jdbi = Jdbi.create(database);
    jdbi.useHandle(handle -> {
      handle.execute(
          "INSERT INTO actors (id, kind, name, name_key) VALUES ('ada', 'account', 'ada', 'ada')");
      for (String room : List.of("b", "a")) {
        handle.execute(
            """
            INSERT INTO conversations (id, kind, title, visibility, created_by, created_at)
            VALUES (?, 'room', 'Room', 'public', 'ada', 0)\
            """,
            room);
        IntStream.rangeClosed(1, 40)
            .forEach(seq ->
                handle.execute(
                    "INSERT INTO log VALUES (?, ?, 'room.told', ?, 0, NULL, 'ada', 'call', ?)",
                    room,
                    seq,
                    1_000 + seq,
                    "{\"text\":\"" + room + seq + "\"}"));
      }
    });
    List<Map<String, Object>> before = all(jdbi);

    Schema.migrate(database, Dialect.SQLITE);

    assertThat(before).hasSize(80);
    assertThat(all(jdbi)).isEqualTo(before);
    assertThat(indexes(jdbi)).as("the key and three more").isEqualTo(4);
  }

  private static int indexes(Jdbi jdbi) {
    String count = "SELECT count(*) FROM pragma_index_list('log')";
    return jdbi.withHandle(handle -> handle.createQuery(count).mapTo(Integer.class).one());
  }

  private static List<Map<String, Object>> all(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle.createQuery("SELECT * FROM log ORDER BY conversation, seq").mapToMap().list());
  }
}
