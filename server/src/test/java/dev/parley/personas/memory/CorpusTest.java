package dev.parley.personas.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.wire.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements of different people's lives and worlds with questions in other words. */
class CorpusTest {
  private record Planted(String text, String question) {}

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_was_planted_is_found_by_a_question_and_what_was_not_is_not_made_up(Database database)
      throws IOException {
    List<Planted> corpus =
        lines("corpus.tsv").stream()
            .map(line -> line.split("\t"))
            .map(parts -> new Planted(parts[0], parts[1]))
            .toList();
    List<String> unanswerable = lines("unanswerable.txt");
    try (Mind mind = new Mind(database)) {
      Actor asker = mind.person("wilhelmina");
      corpus.forEach(one -> mind.given(one.text(), about(one, asker), Optional.empty()));
      List<Integer> ranks = new ArrayList<>();
      for (Planted one : corpus) {
        List<Recalled> found = mind.recall(asker, Optional.empty(), one.question(), 10);
        int rank = found.stream().map(f -> f.memory().text()).toList().indexOf(one.text());
        ranks.add(rank);
      }
      long abstained = 0;
      for (String question : unanswerable) {
        List<Recalled> found = mind.recall(asker, Optional.empty(), question, 10);
        abstained += found.isEmpty() ? 1 : 0;
      }
      double at1 = at(ranks, 1);
      double at5 = at(ranks, 5);
      double at10 = at(ranks, 10);
      double silent = abstained / (double) unanswerable.size();
      System.out.printf(
          "%s: %d statements, recall@1 %.3f, @5 %.3f, @10 %.3f; of %d without an answer %.3f got none%n",
          database, corpus.size(), at1, at5, at10, unanswerable.size(), silent);
      assertThat(at1).isGreaterThan(0.97);
      assertThat(at5).isGreaterThan(0.98);
      assertThat(at10).isGreaterThan(0.98);
      assertThat(silent).isGreaterThan(0.89);
    }
  }

  private static Optional<Actor> about(Planted one, Actor asker) {
    return one.question().matches(".*\\b(I|my)\\b.*") ? Optional.of(asker) : Optional.empty();
  }

  private static double at(List<Integer> ranks, int k) {
    return ranks.stream().filter(rank -> rank >= 0 && rank < k).count() / (double) ranks.size();
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CorpusTest.class.getResourceAsStream("/memories/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
