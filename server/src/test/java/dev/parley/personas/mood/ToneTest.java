package dev.parley.personas.mood;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversations.emotion.Lexicon;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneTest {
  private static final Lexicon LEXICON = Lexicon.english();

  private static Tone tone(String text) {
    return Tone.of(text, LEXICON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"You are wonderful!", "I love this, well done", "Thanks, that is great :)"})
  void kind_words_are_kind(String text) {
    assertThat(tone(text).isKind()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You are a stupid idiot",
        "This is useless, terrible rubbish!",
        "I hate you",
        "YOU’RE AWFUL"
      })
  void unkind_words_are_unkind(String text) {
    assertThat(tone(text).isUnkind()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I am so sad today",
        "My day was terrible",
        "I hate Mondays",
        "They hurt us badly",
        "I’m afraid"
      })
  void whoever_is_unhappy_is_not_unkind(String text) {
    assertThat(tone(text)).isEqualTo(new Tone(0, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thank you", "thanks a lot!", "I am grateful for your help"})
  void thanks_are_heard(String text) {
    assertThat(tone(text).thanks()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "What time is it?", "no thanks to you, idiot"})
  void what_does_not_thank_does_not(String text) {
    assertThat(tone(text).thanks()).isFalse();
  }
}
