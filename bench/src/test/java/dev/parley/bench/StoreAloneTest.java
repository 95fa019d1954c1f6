package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversations.emotion.Lexicon;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAloneTest {

  @Test
  void every_change_is_a_message_that_the_database_then_holds(@TempDir Path folder) {
    try (StoreAlone store = new StoreAlone(folder, 20, 5, Optional.of(Lexicon.english()))) {
      assertThat(store.perSecond(100, Stamp.blank(50))).isPositive();
      assertThat(store.messages()).isEqualTo(100);
    }
  }
}
