package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What asks once for each row is slow when there is much, whatever each statement costs. */
class StatementsPerCallTest {
  @ParameterizedTest
  @EnumSource(Database.class)
  void no_function_asks_more_statements_when_there_is_more_to_tell(Database database) {
    try (Stocked stocked = new Stocked(database)) {
      assertThat(stocked.calls().keySet())
          .as("a function that reads is new: say in Stocked how it is called")
          .containsExactlyInAnyOrderElementsOf(stocked.readers());
      Map<String, Long> whenLittle = statements(stocked);
      stocked.growMuch();
      assertThat(statements(stocked)).isEqualTo(whenLittle);
      assertThat(whenLittle)
          .containsEntry("messages.list", 3L)
          .containsEntry("conversations.list", 2L)
          .containsEntry("system.ping", 0L);
      stocked.calls().forEach((name, params) -> assertThatMuchIsTold(stocked, name, params));
    }
  }

  private static void assertThatMuchIsTold(Stocked stocked, String name, String params) {
    JsonNode items = stocked.owner().call(name, params).path("items");
    if (items.isArray()) {
      assertThat(items.size()).as(name).isGreaterThanOrEqualTo(Stocked.MANY);
    }
  }

  /** The second call of each: what the first one had to find out for good does not count. */
  private static Map<String, Long> statements(Stocked stocked) {
    Map<String, Long> counts = new TreeMap<>();
    stocked
        .calls()
        .forEach((name, params) -> {
          stocked.owner().call(name, params);
          long before = sum(stocked, name);
          stocked.owner().call(name, params);
          counts.put(name, sum(stocked, name) - before);
        });
    return counts;
  }

  /** What the server itself has counted, as it shows it to Prometheus. */
  private static long sum(Stocked stocked, String function) {
    Matcher found =
        Pattern.compile(
                "^parley_calls_statements_sum\\{function=\""
                    + Pattern.quote(function)
                    + "\"} ([0-9.E]+)$",
                Pattern.MULTILINE)
            .matcher(stocked.server().metrics());
    assertThat(found.find()).as(function).isTrue();
    return (long) Double.parseDouble(found.group(1));
  }
}
