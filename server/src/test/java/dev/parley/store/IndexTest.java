package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexTest {
  /** What runs often, and the tables that it must not read from end to end. */
  private static final List<String> OFTEN =
      List.of(
          "SELECT * FROM log WHERE conversation = 'c' AND seq > 5 ORDER BY seq LIMIT 128",
          "SELECT * FROM messages WHERE conversation = 'c' AND seq < 9 ORDER BY seq DESC LIMIT 50",
          "SELECT * FROM messages WHERE id = 'm'",
          "SELECT id FROM messages WHERE conversation = 'c' AND sender = 's' AND client_id = 'i'",
          "SELECT coalesce(max(seq), 0) FROM log WHERE message = 'm'",
          "SELECT conversation FROM members WHERE actor = 'a' AND conversation > 'c'",
          "SELECT * FROM members WHERE conversation = 'c' AND actor = 'a'",
          "SELECT count(*) FROM mentions WHERE actor = 'a' AND conversation = 'c' AND seq > 3",
          "SELECT * FROM reactions WHERE message IN ('m', 'n')",
          "SELECT id FROM conversations WHERE indexed_seq < last_seq ORDER BY id LIMIT 50",
          "SELECT id FROM conversations WHERE visibility = 'public' AND id > 'c'",
          "SELECT id FROM conversations WHERE pair = 'a b'",
          "SELECT * FROM sessions WHERE token_hash = 'h'",
          "SELECT * FROM sessions WHERE account = 'a' AND kind = 'session' AND id > 'x'",
          "SELECT * FROM invitations WHERE code_hash = 'h'",
          "SELECT id FROM messages WHERE sender = 's' AND emotion IS NOT NULL AND id < 'm'"
              + " ORDER BY id DESC LIMIT 51",
          "SELECT account FROM identities WHERE person = 'p' ORDER BY account",
          "SELECT * FROM actors WHERE name_key = 'n'");

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_runs_often_finds_its_rows_by_an_index(Database database) throws Exception {
    try (TestServer server = TestServer.start(database)) {
      Optional<String> url = Optional.ofNullable(server.configuration().get("DATABASE_URL"));
      StoreSettings settings =
          new StoreSettings(
              server.folder(),
              url,
              1,
              4,
              Duration.ofSeconds(5),
              Duration.ofHours(1),
              0,
              Duration.ZERO);
      SlowStatements slow = new SlowStatements(Duration.ZERO);
      try (Store store = Stores.beside(settings, slow, Clock.systemUTC())) {
        for (String sql : OFTEN) {
          String plan = store.read(handle -> plan(handle, store.dialect(), sql));
          assertThat(plan)
              .as(sql)
              .doesNotContain("Seq Scan")
              .doesNotContainPattern(
                  "SCAN (log|messages|members|mentions|sessions|reactions|identities)\\b");
        }
      }
    }
  }

  private static String plan(Handle handle, Dialect dialect, String sql) {
    return switch (dialect) {
      case SQLITE ->
          String.join(
              "\n",
              handle
                  .select("EXPLAIN QUERY PLAN " + sql)
                  .map((row, context) -> row.getString("detail"))
                  .list());
      case POSTGRESQL -> {
        handle.execute("SET enable_seqscan = off");
        yield String.join("\n", handle.select("EXPLAIN " + sql).mapTo(String.class).list());
      }
    };
  }
}
