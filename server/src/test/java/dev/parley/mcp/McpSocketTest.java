package dev.parley.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.Database;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** MCP on sockets: the same as over HTTP, one message a frame. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpSocketTest {
  private static final String INITIALIZE =
      "{protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: 'test', version: '1'}}";
  private static final String META =
      "_meta: {'io.modelcontextprotocol/protocolVersion': '2026-07-28',"
          + " 'io.modelcontextprotocol/clientCapabilities': {}}";

  private final TestServer server = TestServer.start(Database.SQLITE);
  private final User ada = server.user("ada");

  @AfterAll
  void stop() {
    server.close();
  }

  private Socket open(String token) {
    return Socket.open(server, "/mcp", "mcp", Optional.of(token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/ws"})
  void a_session_calls_tools_and_hears_of_news(String path) {
    String room = ada.room("News");
    try (Socket socket = Socket.open(server, path, "mcp", Optional.of(ada.token()))) {
      assertThat(socket.call("initialize", INITIALIZE).path("protocolVersion").stringValue())
          .isEqualTo("2025-11-25");
      socket.raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      socket.call("resources/subscribe", "{uri: 'parley://conversations/%s'}".formatted(room));
      JsonNode posted =
          socket.call(
              "tools/call",
              "{name: 'messages_post', arguments: {conversation: '%s', content: 'Hi'}}"
                  .formatted(room));
      assertThat(posted.at("/structuredContent/message/sender/id").stringValue())
          .isEqualTo(ada.id());
      assertThat(socket.other().path("method").stringValue())
          .isEqualTo("notifications/resources/updated");
    }
  }

  @Test
  void what_is_sent_at_once_is_taken_in_order() {
    try (Socket socket = open(ada.token())) {
      var welcome = socket.send("initialize", INITIALIZE);
      var tools = socket.send("tools/list", "{}");
      assertThat(welcome.join().has("result")).isTrue();
      assertThat(tools.join().at("/result/tools").size()).isPositive();
    }
  }

  @Test
  void a_session_has_to_begin_unless_a_request_says_all_that_there_is_to_know() {
    try (Socket socket = open(ada.token())) {
      assertThat(socket.refused("tools/list", "{}").path("message").stringValue())
          .contains("initialize first");
      JsonNode tools = socket.call("tools/list", "{" + META + "}");
      assertThat(tools.path("resultType").stringValue()).isEqualTo("complete");
      String old = META.replace("2026-07-28", "2030-01-01");
      assertThat(socket.refused("tools/list", "{" + old + "}").path("code").intValue())
          .isEqualTo(-32022);
    }
  }

  @Test
  void a_listener_hears_of_news_until_it_takes_its_request_back() {
    String room = ada.room("Now");
    try (Socket socket = open(ada.token())) {
      socket.raw(listen(room));
      assertThat(socket.other().path("method").stringValue())
          .isEqualTo("notifications/subscriptions/acknowledged");
      ada.post(room, "one");
      assertThat(socket.other().at("/params/_meta").path(Revisions.SUBSCRIPTION).stringValue())
          .isEqualTo("mine");
      socket.raw(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"mine\"}}");
      socket.call("server/discover", "{" + META + "}");
      ada.post(room, "two");
      socket.raw(listen(room));
      assertThat(socket.other().path("method").stringValue())
          .isEqualTo("notifications/subscriptions/acknowledged");
    }
  }

  private static String listen(String room) {
    return """
    {"jsonrpc":"2.0","id":"mine","method":"subscriptions/listen","params":{
     "notifications":{"resourceSubscriptions":["parley://conversations/%s"]},
     "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
      "io.modelcontextprotocol/clientCapabilities":{}}}}\
    """
        .formatted(room);
  }

  @Test
  void whoever_brings_no_token_is_told_and_then_shown_out() {
    try (Socket socket = Socket.open(server, "/mcp", "mcp", Optional.empty())) {
      assertThat(socket.refused("initialize", INITIALIZE).path("code").intValue())
          .isEqualTo(-32001);
      server.clock().advance(Duration.ofSeconds(11));
      assertThat(socket.closeCode()).isEqualTo(3502);
    }
  }

  @Test
  void a_socket_ends_with_the_session_that_it_was_opened_by() {
    String token = ada.newToken();
    try (Socket socket = open(token)) {
      socket.call("initialize", INITIALIZE);
      assertThat(server.http(token).post("/api/call/sessions.close", "{}").status())
          .isLessThan(300);
      assertThat(socket.closeCode()).isEqualTo(3500);
    }
  }

  @Test
  void a_message_that_is_none_is_answered_and_the_socket_lives() {
    try (Socket socket = open(ada.token())) {
      socket.raw("{");
      assertThat(socket.other().at("/error/code").intValue()).isEqualTo(-32700);
      socket.raw("[]");
      assertThat(socket.other().at("/error/message").stringValue()).contains("Batches");
      socket.call("ping", "{}");
    }
  }

  @Test
  void a_socket_at_this_path_must_offer_the_subprotocol() {
    assertThatThrownBy(() -> Socket.open(server, "/mcp", "parley.v1", Optional.of(ada.token())))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  @Test
  void nothing_is_told_that_is_no_mcp() {
    String room = ada.room("Noise");
    User bob = server.user("bob");
    bob.join(room);
    try (Socket socket = open(ada.token());
        Socket other = ada.socket()) {
      socket.call("initialize", INITIALIZE);
      bob.post(room, "@" + ada.name() + " look here");
      other.event("mention");
      socket.call("ping", "{}");
      assertThat(socket.eventsSoFar()).isEmpty();
    }
  }
}
