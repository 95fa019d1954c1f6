package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** MCP on the standard input and output of a process, as clients start it. */
class SpeakMcpTest {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  @TempDir Path folder = Path.of("");

  private TestServer server = TestServer.start(Database.SQLITE);
  private User ada = server.user("ada");

  @BeforeEach
  void start() {
    assertThat(ada.token()).isNotEmpty();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Process launch(String url, String token) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.parley.Main",
            "mcp");
    builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
    builder.environment().put("PARLEY_URL", url);
    builder.environment().put("PARLEY_TOKEN", token);
    return builder.redirectError(folder.resolve("err.txt").toFile()).start();
  }

  private Process launch() throws IOException {
    return launch("http://127.0.0.1:" + server.port(), ada.token());
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err.txt"));
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static PrintStream input(Process process) {
    return new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  private static int code(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void lines_that_are_piped_in_are_all_answered_before_the_end() throws Exception {
    String room = ada.room("Café");
    String post =
        """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"messages_post",\
        "arguments":{"conversation":"%s","content":"Größe"}}}\
        """
            .formatted(room);
    Process process = launch();
    try (PrintStream in = input(process)) {
      in.print(INITIALIZE + "\n" + INITIALIZED + "\n\n" + post + "\n");
    }
    List<JsonNode> lines = output(process).lines().map(Json.MAPPER::readTree).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst().at("/result/serverInfo/name").stringValue()).isEqualTo("parley");
    assertThat(lines.getLast().at("/result/structuredContent/message/content").stringValue())
        .isEqualTo("Größe");
    assertThat(code(process)).as(errors()).isZero();
  }

  @Test
  void news_come_without_being_asked_for() throws Exception {
    String room = ada.room("News");
    Process process = launch();
    try (PrintStream in = input(process);
        BufferedReader out = output(process)) {
      in.println(
          """
          {"jsonrpc":"2.0","id":"l","method":"subscriptions/listen","params":{"notifications":\
          {"resourceSubscriptions":["parley://conversations/%s"]},"_meta":{\
          "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
          "io.modelcontextprotocol/clientCapabilities":{}}}}\
          """
              .formatted(room));
      assertThat(out.readLine()).contains("notifications/subscriptions/acknowledged");
      ada.post(room, "news");
      assertThat(out.readLine()).contains("notifications/resources/updated", room);
    }
    assertThat(code(process)).as(errors()).isZero();
  }

  @Test
  void it_ends_with_one_line_when_its_session_does() throws Exception {
    String token = ada.newToken();
    Process process = launch("http://127.0.0.1:" + server.port(), token);
    PrintStream in = input(process);
    in.println(INITIALIZE);
    assertThat(output(process).readLine()).contains("parley");
    server.http(token).post("/api/call/sessions.close", "{}");
    assertThat(code(process)).isEqualTo(1);
    assertThat(errors().strip())
        .isEqualTo("parley: the server ended the connection: session ended (3500)");
  }

  @Test
  void it_ends_with_one_line_when_nobody_answers_or_knows_the_token() throws Exception {
    Process unknown = launch("http://127.0.0.1:" + server.port(), "nonsense");
    assertThat(code(unknown)).isEqualTo(1);
    assertThat(errors().strip()).isEqualTo("parley: the server refused with status 401");
    Process alone = launch("http://127.0.0.1:" + freePort(), ada.token());
    assertThat(code(alone)).isEqualTo(1);
    assertThat(errors().strip().lines()).singleElement().asString().contains("nobody answers at");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
