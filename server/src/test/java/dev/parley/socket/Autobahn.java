package dev.parley.socket;

import dev.parley.functions.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Autobahn's suite, a client written in Python, in a process of its own with a Python of its own.
 */
final class Autobahn {
  private static final String AGENT = "Parley";
  private static final String SCRIPT =
      "import json, sys; from autobahntestsuite import wstest;"
          + " wstest.start({'mode': 'fuzzingclient'}, json.loads(sys.argv[1]))";

  private Autobahn() {}

  /**
   * What the suite says of a case.
   *
   * @param behavior {@code OK}, {@code NON-STRICT}, {@code INFORMATIONAL}, or what failed
   * @param close the same of the end of the connection
   */
  record Verdict(String name, String behavior, String close) {
    private static final List<String> GOOD = List.of("OK", "NON-STRICT", "INFORMATIONAL");

    boolean hasFailed() {
      return !GOOD.contains(behavior) || !GOOD.contains(close);
    }
  }

  /**
   * Runs cases against a server.
   *
   * @param reports where the suite writes what it saw, as pages
   */
  static List<Verdict> run(URI server, List<String> cases, List<String> without, Path reports)
      throws IOException, InterruptedException {
    Files.createDirectories(reports);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                Path.of("target", "autobahn-suite").toAbsolutePath() + "/*",
                "org.python.util.jython",
                "-c",
                SCRIPT,
                spec(server, cases, without, reports))
            .redirectErrorStream(true)
            .redirectOutput(reports.resolve("suite.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(reports.resolve("suite.log")));
    }
    return verdicts(reports);
  }

  private static String spec(URI server, List<String> cases, List<String> without, Path reports) {
    return Json.MAPPER.writeValueAsString(
        Map.of(
            "outdir",
            reports.toString(),
            "servers",
            List.of(Map.of("agent", AGENT, "url", server.toString())),
            "cases",
            cases,
            "exclude-cases",
            without,
            "exclude-agent-cases",
            Map.of()));
  }

  private static List<Verdict> verdicts(Path reports) throws IOException {
    JsonNode all = Json.MAPPER.readTree(Files.readAllBytes(reports.resolve("index.json")));
    return all.path(AGENT).propertyStream().map(Autobahn::verdict).toList();
  }

  private static Verdict verdict(Map.Entry<String, JsonNode> one) {
    return new Verdict(
        one.getKey(),
        one.getValue().path("behavior").stringValue(),
        one.getValue().path("behaviorClose").stringValue());
  }
}
