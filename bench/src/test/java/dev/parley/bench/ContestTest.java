package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTest {
  private static final String POSTED =
      """
      {"message":{"id":"m1","conversation":"c1","seq":3,"content":"load-0 tea","at":"now"}}\
      """;

  @Test
  void the_bare_server_gives_everybody_everything_in_one_order() {
    Script script = Script.after(Calls.JSON.readTree(POSTED));
    try (Rivals rivals = Rivals.of(script)) {
      Score score = rivals.bare().run(new Plan(20, 1, 5, 1, true, 100, 0, 1));

      assertThat(score.delivered()).isPositive();
      assertThat(score.bytes()).isGreaterThan(script.event().length());
    }
  }

  @Test
  void rivals_say_what_parley_says_with_gaps_for_what_changes() {
    Script script = Script.after(Calls.JSON.readTree(POSTED));

    assertThat(script.reply())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":#id,\"result\":{\"message\":{\"id\":\"m1\","
                + "\"conversation\":\"c1\",\"seq\":#seq,\"content\":\"#content\",\"at\":\"now\"}}}");
    assertThat(script.event())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"type\":\"message.posted\","
                + "\"conversation\":\"c1\",\"seq\":#seq,\"at\":\"now\",\"data\":{\"message\":"
                + "{\"id\":\"m1\",\"conversation\":\"c1\",\"seq\":#seq,\"content\":\"#content\","
                + "\"at\":\"now\"}}}}");
  }

  @Test
  void a_figure_is_the_median_of_its_runs() {
    Score median =
        Score.median(
            List.of(
                new Score(5, 1, 9, 2, 400),
                new Score(1, 2, 7, 6, 400),
                new Score(3, 3, 8, 4, 410)));

    assertThat(median).isEqualTo(new Score(3, 2, 8, 4, 400));
  }

  @Test
  void the_others_are_compared_with_the_measure() {
    Map<String, Score> scores = new LinkedHashMap<>();
    scores.put("ours", new Score(450_000, 1, 2, 3, 400));
    scores.put("theirs", new Score(500_000, 1, 2, 3, 400));

    assertThat(Contest.table(scores, "theirs").lines().toList())
        .satisfies(lines -> assertThat(lines.get(1)).contains("ours", "450,000", " 90%"))
        .satisfies(lines -> assertThat(lines.get(2)).contains("theirs", "500,000", " 100%"));
  }
}
