package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @ParameterizedTest
  @CsvSource({
    "Talk, I take that as a yes.",
    "ComeBack, There is light again.",
    "AskThePersona, no language model",
    "AskTheHost, Done: Create a conversation.",
    "BringBack, The room is called again: Tea at five",
    "RememberMe, Now: lives in Rome",
    "StreamAria, I care for music",
    "VersionedTree, Merged: soup 8"
  })
  void an_example_runs_against_a_server_and_shows_what_it_is_about(String name, String shown)
      throws IOException, InterruptedException {
    try (TestServer server = TestServer.start(Database.SQLITE)) {
      assertThat(run(name, server.uri("").toString())).contains(shown);
    }
  }

  @Test
  void every_example_is_run_here() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "Talk.java",
              "ComeBack.java",
              "AskThePersona.java",
              "AskTheHost.java",
              "BringBack.java",
              "RememberMe.java",
              "StreamAria.java",
              "VersionedTree.java");
    }
  }

  private static String run(String name, String url) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EXAMPLES.resolve(name + ".java").toString(),
                url)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
