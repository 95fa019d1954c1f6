package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.testing.Database;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** With the lowest threshold every statement is a slow one, so all that run are seen. */
class StatementsTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\?|(?<!:):[a-z_0-9]+");
  private static final String GROWING = "(log|messages|members|mentions|reactions|conversations)";

  private final Logger logger = (Logger) LoggerFactory.getLogger(SlowStatements.class);
  private final Lines lines = new Lines();

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    final Queue<ILoggingEvent> seen = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      seen.add(event);
    }

    Set<String> statements() {
      Set<String> all = new TreeSet<>();
      seen.forEach(line ->
          line.getKeyValuePairs().stream()
              .filter(pair -> pair.key.equals("statement"))
              .forEach(pair -> all.add(String.valueOf(pair.value))));
      return all;
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void statements_that_run_often_use_an_index_and_their_log_bears_no_data(Database database)
      throws Exception {
    Map<String, String> all = Map.of("SLOW_QUERY_THRESHOLD", "0.000001");
    try (TestServer server = TestServer.start(database, all)) {
      doALittleOfEverything(server);
      Set<String> statements = lines.statements();
      assertThat(statements).hasSizeGreaterThan(40);
      assertThat(lines.seen)
          .allSatisfy(line ->
              assertThat(line.getKeyValuePairs())
                  .anySatisfy(pair -> assertThat(pair.key).isEqualTo("fingerprint")));
      assertThat(statements.toString()).doesNotContain("wordofsecrecy").doesNotContain("ada");
      try (Connection connection = connect(server)) {
        for (String sql : statements) {
          if (!sql.startsWith("INSERT")) {
            assertThat(plan(connection, database, sql))
                .as(sql)
                .doesNotContainPattern(scan(database));
          }
          if (sql.contains("x.emotion IS NOT NULL")) {
            assertThat(plan(connection, database, sql)).contains("messages_felt");
          }
        }
      }
    }
  }

  private static String scan(Database database) {
    return database == Database.SQLITE
        ? "SCAN [clmrx]\\b(?!.*INDEX)|SCAN " + GROWING + "\\b(?!.*INDEX)"
        : "Seq Scan on " + GROWING + "\\b";
  }

  private static Connection connect(TestServer server) throws SQLException {
    String url = server.configuration().get("DATABASE_URL");
    return url == null
        ? DriverManager.getConnection("jdbc:sqlite:" + DataFolder.database(server.folder()))
        : DriverManager.getConnection(
            PostgresUrl.parse(url).jdbc() + "?preferQueryMode=simple", "postgres", "postgres");
  }

  private static String plan(Connection connection, Database database, String sql)
      throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      if (database == Database.POSTGRESQL) {
        statement.execute("SET enable_seqscan = off");
      }
      ResultSet rows = statement.executeQuery(explain(database, sql));
      while (rows.next()) {
        plan.append(rows.getString(database == Database.SQLITE ? "detail" : "QUERY PLAN"))
            .append('\n');
      }
    }
    return plan.toString();
  }

  private static String explain(Database database, String sql) {
    if (database == Database.SQLITE) {
      return "EXPLAIN QUERY PLAN " + sql;
    }
    AtomicInteger number = new AtomicInteger();
    Map<String, String> known = new HashMap<>();
    return "EXPLAIN (GENERIC_PLAN) "
        + PLACEHOLDER
            .matcher(sql)
            .replaceAll(found -> Matcher.quoteReplacement(numbered(found, known, number)));
  }

  private static String numbered(
      MatchResult found, Map<String, String> known, AtomicInteger number) {
    return found.group().equals("?")
        ? "$" + number.incrementAndGet()
        : known.computeIfAbsent(found.group(), name -> "$" + number.incrementAndGet());
  }

  private static void doALittleOfEverything(TestServer server) {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = ada.room("Everything");
    bob.join(room);
    String id = bob.post(room, "wordofsecrecy for @" + ada.name()).path("id").stringValue();
    try (Socket socket = ada.socket()) {
      socket.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      socket.logged(room, 2);
      socket.call("typing.set", "{conversation: '%s', on: true}".formatted(room));
      bob.call(
          "messages.post",
          "{conversation: '%s', content: 'x', clientId: 'c', replyTo: '%s'}".formatted(room, id));
      bob.call(
          "messages.post",
          "{conversation: '%s', content: 'x', clientId: 'c', replyTo: '%s'}".formatted(room, id));
      bob.call("messages.edit", "{id: '%s', content: 'wordofsecrecy again'}".formatted(id));
      ada.call("messages.react", "{id: '%s', emoji: 'x', on: true}".formatted(id));
      ada.call("messages.react", "{id: '%s', emoji: 'x', on: false}".formatted(id));
      ada.call("reads.mark", "{conversation: '%s', seq: 2}".formatted(room));
      socket.event("unread");
      Awaitility.await()
          .until(() -> !ada.call("messages.search", "{text: 'again'}").path("items").isEmpty());
      for (String range : new String[] {"", ", after: 0", ", before: 9"}) {
        ada.call("messages.list", "{conversation: '%s'%s}".formatted(room, range));
      }
      ada.call("messages.search", "{text: 'again', conversation: '%s'}".formatted(room));
      ada.call("emotions.history", "{}");
      ada.call("conversations.list", "{}");
      ada.call("conversations.list", "{mine: true, kind: 'room'}");
      ada.call("conversations.get", "{id: '%s'}".formatted(room));
      ada.call("conversations.members", "{id: '%s'}".formatted(room));
      ada.call("conversations.update", "{id: '%s', topic: 't'}".formatted(room));
      String member = "{id: '%s', member: '%s'".formatted(room, bob.id());
      ada.call("conversations.setRole", member + ", role: 'moderator'}");
      ada.call("conversations.mute", member + ", seconds: 0}");
      ada.call("conversations.create", "{kind: 'direct', with: '%s'}".formatted(bob.id()));
      bob.call("messages.delete", "{id: '%s'}".formatted(id));
      ada.call("conversations.ban", member + "}");
    }
  }
}
