package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of what may be lost. */
class PassingTest {
  private final Passing passing = new Passing();

  private void put(Object subject, String word) {
    passing.put(subject, new Payload(word.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> drained() {
    List<String> words = new ArrayList<>();
    passing.drain(payload -> words.add(new String(payload.json(), StandardCharsets.UTF_8)));
    return words;
  }

  @Test
  void the_newest_word_on_each_subject_is_kept_in_the_order_of_speaking() {
    put("ada", "types");
    put("bob", "types");
    put("ada", "stopped");
    assertThat(drained()).containsExactly("types", "stopped");
    assertThat(drained()).isEmpty();
  }

  @Test
  void of_more_than_64_subjects_the_oldest_are_dropped() {
    for (int i = 0; i < 100; i++) {
      put(i, "word " + i);
    }
    assertThat(drained()).hasSize(64).startsWith("word 36").endsWith("word 99");
  }

  @Test
  void of_more_than_64_kib_the_oldest_is_dropped() {
    for (int i = 0; i < 10; i++) {
      put(i, i + "x".repeat(9_999));
    }
    assertThat(drained()).hasSize(6).first().asString().startsWith("4");
  }
}
