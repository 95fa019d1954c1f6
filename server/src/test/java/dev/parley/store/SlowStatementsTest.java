package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class SlowStatementsTest {
  @ParameterizedTest
  @EnumSource(Database.class)
  void a_slow_statement_is_logged_with_a_fingerprint_and_without_data(Database database) {
    Logger logger = (Logger) LoggerFactory.getLogger(SlowStatements.class);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    logger.addAppender(heard);
    logger.setAdditive(false);
    try (TestServer server =
        TestServer.start(database, Map.of("SLOW_QUERY_THRESHOLD", "0.000001"))) {
      User ada = server.user("ada");
      ada.post(ada.room("Slow"), "a confidential sentence");
    } finally {
      logger.detachAppender(heard);
      logger.setAdditive(true);
    }
    List<String> lines =
        List.copyOf(heard.list).stream().map(event -> event.getKeyValuePairs().toString()).toList();
    assertThat(lines).anyMatch(line -> line.contains("INSERT INTO log"));
    assertThat(lines).allMatch(line -> line.matches("(?s).*fingerprint=\"[0-9a-f]{8}\".*"));
    assertThat(lines).noneMatch(line -> line.contains("confidential"));
  }
}
