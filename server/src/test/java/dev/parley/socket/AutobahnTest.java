package dev.parley.socket;

import static java.util.stream.Collectors.counting;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * RFC 6455 as Autobahn's suite understands it. Its cases 9 are no questions of conformance: they
 * send messages of up to 16 MiB.
 */
class AutobahnTest {
  private static final int CASES = 247;
  private static final Path REPORTS = Path.of("target", "autobahn");

  @Test
  void no_case_of_autobahn_s_suite_fails() throws Exception {
    try (EchoServer server = new EchoServer()) {
      List<Autobahn.Verdict> verdicts =
          Autobahn.run(server.uri(), List.of("*"), List.of("9.*"), REPORTS);
      System.out.println("Autobahn: " + counts(verdicts));
      assertThat(verdicts).hasSize(CASES);
      assertThat(verdicts).noneMatch(Autobahn.Verdict::hasFailed);
    }
  }

  private static Map<String, Long> counts(List<Autobahn.Verdict> verdicts) {
    return verdicts.stream()
        .collect(Collectors.groupingBy(Autobahn.Verdict::behavior, TreeMap::new, counting()));
  }
}
