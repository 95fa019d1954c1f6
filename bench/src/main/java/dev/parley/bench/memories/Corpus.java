package dev.parley.bench.memories;

import dev.parley.bench.LoadFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The planted statements with their questions, the same that the tests have. */
record Corpus(List<Planted> planted, List<String> unanswerable) {
  private static final String FOLDER = "server/src/test/resources/memories";

  /** A statement with a question that it answers. */
  record Planted(String text, String question) {
    boolean isAboutTheAsker() {
      return question.matches(".*\\b(?:I|my)\\b.*");
    }
  }

  static Corpus read() {
    Path folder =
        Path.of(Optional.ofNullable(System.getenv("PARLEY_HOME")).orElse("."), FOLDER.split("/"));
    return new Corpus(
        lines(folder.resolve("corpus.tsv")).stream()
            .map(line -> line.split("\t"))
            .map(parts -> new Planted(parts[0], parts[1]))
            .toList(),
        lines(folder.resolve("unanswerable.txt")));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException absent) {
      throw new LoadFailure("the planted statements cannot be read: " + absent);
    }
  }
}
