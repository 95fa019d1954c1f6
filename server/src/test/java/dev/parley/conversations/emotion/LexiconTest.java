package dev.parley.conversations.emotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconTest {
  private static final Lexicon LEXICON = Lexicon.english();

  private static int score(String text) {
    return LEXICON.read(text).score();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "This is terrible, I hate it!   | NEGATIVE | ANGER",
        "I'm worried about my booking   | NEGATIVE | FEAR",
        "That is so annoying, useless   | NEGATIVE | FRUSTRATION",
        "A table at seven               | NEUTRAL  | ",
        "tea?                           | NEUTRAL  | ",
        "no                             | NEUTRAL  | ",
        "Thanks, that is wonderful!     | POSITIVE | JOY GRATITUDE",
        "I love you 😍                  | POSITIVE | AFFECTION",
        "see you :)                     | POSITIVE | JOY",
        "😡😡                           | NEGATIVE | ANGER",
        "❤️ it                          | POSITIVE | AFFECTION"
      })
  void texts_read_as_people_mean_them(String text, Label label, String emotions) {
    Feeling feeling = LEXICON.read(text);
    assertThat(feeling.label()).as("%s %d", text, feeling.score()).isEqualTo(label);
    assertThat(String.join(" ", feeling.emotions().stream().map(Enum::name).toList()))
        .isEqualTo(emotions == null ? "" : emotions);
  }

  @Test
  void what_is_not_in_english_says_nothing_either_way() {
    for (String text : List.of("", " ", "今日は", "Ἐν ἀρχῇ ἦν ὁ Λόγος", "\u0000", "\ud83d", "12 86")) {
      assertThat(LEXICON.read(text)).isEqualTo(new Feeling(Feeling.NEUTRAL, List.of()));
    }
  }

  @Test
  void not_turns_a_word_round_and_very_makes_it_stronger() {
    assertThat(score("I am not happy")).isLessThan(Feeling.NEUTRAL);
    assertThat(score("I don’t hate it")).isGreaterThan(Feeling.NEUTRAL);
    assertThat(LEXICON.read("I am not angry").emotions()).isEmpty();
    assertThat(score("very good")).isGreaterThan(score("good"));
    assertThat(score("slightly good")).isLessThan(score("good"));
    assertThat(score("this is BAD")).isLessThan(score("this is bad"));
    assertThat(score("bad!!!")).isLessThan(score("bad"));
    assertThat(score("bad" + "!".repeat(100))).isEqualTo(score("bad!!!!"));
  }

  @Test
  void what_follows_but_counts_more() {
    assertThat(score("The food was good but the service was bad")).isLessThan(Feeling.NEUTRAL);
    assertThat(score("The food was bad but the service was good")).isGreaterThan(Feeling.NEUTRAL);
  }

  @Test
  void names_and_addresses_say_nothing_of_a_feeling() {
    assertThat(score("@angry http://hate.example/terrible")).isEqualTo(Feeling.NEUTRAL);
  }

  @Test
  void a_score_is_never_beyond_its_ends() {
    assertThat(score("hate ".repeat(6_500))).isBetween(0, 10);
    assertThat(score("love ".repeat(6_500))).isBetween(990, Feeling.MOST);
  }

  @ParameterizedTest
  @CsvSource({"0, NEGATIVE", "399, NEGATIVE", "400, NEUTRAL", "600, NEUTRAL", "601, POSITIVE"})
  void a_label_begins_where_it_should(int score, Label label) {
    assertThat(Label.of(score)).isEqualTo(label);
  }

  @Test
  void a_trend_compares_the_newest_two_with_the_two_before() {
    assertThat(Trend.of(List.of())).isEqualTo(Trend.UNKNOWN);
    assertThat(Trend.of(List.of(900))).isEqualTo(Trend.UNKNOWN);
    assertThat(Trend.of(List.of(651, 500))).isEqualTo(Trend.IMPROVING);
    assertThat(Trend.of(List.of(650, 500))).isEqualTo(Trend.STABLE);
    assertThat(Trend.of(List.of(349, 900, 500))).isEqualTo(Trend.DECLINING);
    assertThat(Trend.of(List.of(800, 200, 500, 500))).isEqualTo(Trend.STABLE);
    assertThat(Trend.of(List.of(800, 501, 500, 500, 0))).isEqualTo(Trend.IMPROVING);
  }

  @Test
  void the_newest_score_counts_once() {
    assertThat(Statistic.of(3, 200 + 200 + 800, 2, 1, List.of(800, 200, 200)).mean()).hasValue(0.4);
  }

  @Test
  void a_mean_of_nothing_but_zeros_is_zero_and_no_scores_have_no_mean() {
    assertThat(Statistic.of(3, 0, 3, 0, List.of(0, 0, 0)).mean()).hasValue(0.0);
    assertThat(Statistic.of(0, 0, 0, 0, List.of()).mean()).isEmpty();
  }
}
