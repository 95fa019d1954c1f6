package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Change;
import dev.parley.store.OpenStore;
import dev.parley.testing.Database;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchIndexTest {
  private static final int ROOMS = 10;

  /** Each part is merged with others later, so parts cost. */
  @Test
  void what_one_change_takes_in_of_many_rooms_is_one_part_of_the_index() {
    try (OpenStore open = OpenStore.on(Database.SQLITE, 0)) {
      for (int number = 1; number <= ROOMS; number++) {
        open.store().commit(room("r" + (ROOMS - number)));
      }
      new SearchIndex(open.store(), WordIndex.of(open.store().dialect())).sweep();
      assertThat(count(open, "SELECT count(*) FROM message_words")).isEqualTo(ROOMS);
      assertThat(count(open, "SELECT count(DISTINCT segid) FROM message_words_idx")).isEqualTo(1);
    }
  }

  /** Else a query would be refused: it would be one for a phrase. */
  @Test
  void whatever_is_a_letter_or_a_digit_for_us_is_one_for_the_index() {
    try (OpenStore open = OpenStore.on(Database.SQLITE, 0)) {
      IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
          .mapToObj(Character::toString)
          .filter(letter -> letter.matches("[\\p{L}\\p{N}]"))
          .gather(Gatherers.windowFixed(100))
          .forEach(letters -> assertIsWord(open, String.join("a", letters)));
    }
  }

  private static void assertIsWord(OpenStore open, String letters) {
    for (String table : List.of("message_words", "memory_words")) {
      String query = "SELECT count(*) FROM %1$s WHERE %1$s MATCH '\"%2$s\"'";
      assertThat(count(open, query.formatted(table, letters))).as(letters).isZero();
    }
  }

  /** A later message of a room whose id comes before. */
  private static Change room(String id) {
    return OpenStore.change()
        .write(
            """
            INSERT INTO conversations
              (id, kind, title, visibility, created_by, created_at, last_seq, messages)
            VALUES (?, 'room', 'Room', 'public', 'ada', 0, 1, 1)\
            """,
            id)
        .write(
            """
            INSERT INTO messages (id, conversation, seq, sender, content, at)
            VALUES (?, ?, 1, 'ada', 'plain words', 0)\
            """,
            "m-" + id,
            id);
  }

  private static long count(OpenStore open, String query) {
    return open.store().read(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }
}
