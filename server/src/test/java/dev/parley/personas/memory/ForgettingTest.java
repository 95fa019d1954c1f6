package dev.parley.personas.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversations.Message;
import dev.parley.store.Change;
import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.wire.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

@OnBothDatabases
class ForgettingTest {
  @Parameter private Database database;
  private Mind mind;

  @BeforeParameterizedClassInvocation
  void start() {
    mind = new Mind(database);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    mind.close();
  }

  private Memory only(Actor person, String direct, String question) {
    List<Recalled> found = mind.recall(person, Optional.of(direct), question, 5);
    assertThat(found).hasSize(1);
    return found.getFirst().memory();
  }

  private void forget(Memory memory) {
    Memories memories = mind.memories;
    Forgetting forgetting = (Forgetting) memories.holdings();
    forgetting.one(new Change(new Change.Origin("test", "test")), memory);
  }

  @Test
  void what_was_forgotten_is_not_learnt_from_the_same_message_again_but_from_another() {
    Actor ada = mind.person("ada" + System.nanoTime());
    String direct = mind.direct(ada);
    Message message = mind.says(ada, direct, "I like quinces");
    forget(only(ada, direct, "Do I like quinces?"));
    mind.memories.witness().saw(message);
    assertThat(mind.texts(ada, direct, "Do I like quinces?")).isEmpty();
    mind.says(ada, direct, "I like quinces");
    assertThat(mind.texts(ada, direct, "Do I like quinces?")).hasSize(1);
  }

  @Test
  void what_was_corrected_is_not_learnt_from_the_same_message_again() {
    Actor ada = mind.person("ada" + System.nanoTime());
    String direct = mind.direct(ada);
    Message message = mind.says(ada, direct, "I like medlars");
    Memory wrong = only(ada, direct, "Do I like medlars?");
    mind.memories
        .remembering()
        .correct(
            new Change(new Change.Origin("test", "test")),
            wrong,
            wrong.saying("likes mulberries", wrong.validFrom(), Optional.empty()));
    mind.memories.witness().saw(message);
    assertThat(mind.texts(ada, direct, "Do I like medlars or mulberries?"))
        .containsExactly("likes mulberries");
  }

  @Test
  void nothing_that_was_forgotten_is_left_in_any_table() {
    Actor ada = mind.person("ada" + System.nanoTime());
    String direct = mind.direct(ada);
    mind.says(ada, direct, "Remember that the treasure is under the zygomorphic tree");
    Memory memory = only(ada, direct, "Where is the treasure?");
    assertThat(traces("zygomorphic")).isPositive();
    forget(memory);
    mind.write("DELETE FROM messages WHERE content LIKE '%zygomorphic%'");
    assertThat(traces("zygomorphic")).isZero();
    assertThat(mind.texts(ada, direct, "Where is the treasure?")).isEmpty();
  }

  /** In how many places of the tables of memories a word stands. */
  private long traces(String word) {
    String words =
        database == Database.SQLITE
            ? "SELECT COUNT(*) FROM memory_words WHERE words LIKE :word"
            : "SELECT COUNT(*) FROM memory_words WHERE CAST(words AS text) LIKE :word";
    return mind.open
        .store()
        .read(handle ->
            handle
                    .createQuery(words)
                    .bind("word", "%" + Words.stem(word) + "%")
                    .mapTo(Long.class)
                    .one()
                + handle
                    .createQuery("SELECT COUNT(*) FROM memories WHERE text LIKE :word")
                    .bind("word", "%" + word + "%")
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void recalling_is_counted_a_moment_later_and_keeps_a_memory_fresh() {
    Actor ada = mind.person("ada" + System.nanoTime());
    String direct = mind.direct(ada);
    mind.says(ada, direct, "I like persimmons");
    only(ada, direct, "Do I like persimmons?");
    only(ada, direct, "Do I like persimmons?");
    mind.memories.sweeps().keySet().forEach(Runnable::run);
    Memory used = only(ada, direct, "Do I like persimmons?");
    assertThat(used.uses()).isEqualTo(2);
    assertThat(used.lastUsedAt()).isPresent();
    mind.clock.advance(Duration.ofDays(60));
    double old =
        mind.recall(ada, Optional.of(direct), "Do I like persimmons?", 1)
            .getFirst()
            .why()
            .recency();
    assertThat(old).isBetween(0.24, 0.26);
    mind.memories.sweeps().keySet().forEach(Runnable::run);
    assertThat(
            mind.recall(ada, Optional.of(direct), "Do I like persimmons?", 1)
                .getFirst()
                .why()
                .recency())
        .isGreaterThan(0.99);
  }
}
