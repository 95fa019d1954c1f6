package dev.parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Frames well-formed and malformed, alone and in batches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonRpcTest {
  private TestServer server = TestServer.start(Database.SQLITE);
  private User ada = server.user("ada");
  private String room = "";

  @BeforeAll
  void makeRoom() {
    room = ada.room("Lobby");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String ping(Object id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"system.ping\"}";
  }

  private String post(Object id, String content) {
    return "{\"jsonrpc\":\"2.0\",%s\"method\":\"messages.post\",\"params\":{\"conversation\":\"%s\",\"content\":\"%s\"}}"
        .formatted(id.equals("") ? "" : "\"id\":" + id + ",", room, content);
  }

  private static String array(List<String> entries) {
    return entries.stream().collect(Collectors.joining(",", "[", "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | -32700 | null",
        "~~ | -32700 | null",
        "nonsense | -32700 | null",
        "{} {} | -32700 | null",
        "{\"id\":1,\"id\":2} | -32700 | null",
        "42 | -32600 | null",
        "\"text\" | -32600 | null",
        "null | -32600 | null",
        "[] | -32600 | null",
        "{} | -32600 | null",
        "{\"id\":7} | -32600 | 7",
        "{\"id\":7,\"method\":\"system.ping\"} | -32600 | 7",
        "{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"system.ping\"} | -32600 | 7",
        "{\"jsonrpc\":2.0,\"id\":7,\"method\":\"system.ping\"} | -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7} | -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":5} | -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"system.ping\"} | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"system.ping\"} | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"system.ping\"} | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"system.ping\",\"params\":5} | -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"system.ping\",\"params\":null} | -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"system.ping\",\"params\":[1]} | -32602 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"no.such\"} | -32601 | \"a\"",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"no.such\"} | -32601 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"system.ping\",\"params\":{\"x\":1}} | -32602 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"messages.list\",\"params\":{}} | -32602 | 7",
      })
  void a_malformed_frame_is_told_what_is_wrong_and_the_socket_lives(
      String frame, int code, String id) {
    try (Socket socket = ada.socket()) {
      socket.raw(frame);
      JsonNode answer = socket.other();
      assertThat(answer.at("/error/code").intValue()).isEqualTo(code);
      assertThat(answer.path("id").toString()).isEqualTo(id);
      assertThat(answer.at("/error/data/type").isString()).isTrue();
      assertThat(answer.at("/error/data/requestId").isString()).isTrue();
      assertThat(socket.call("system.ping", "{}").has("at")).isTrue();
    }
  }

  @Test
  void a_nesting_of_64_is_read_and_of_65_is_refused() {
    try (Socket socket = ada.socket()) {
      socket.raw("[".repeat(64) + "]".repeat(64));
      assertThat(socket.other().path(0).at("/error/code").intValue()).isEqualTo(-32600);
      socket.raw("[".repeat(65) + "]".repeat(65));
      assertThat(socket.other().at("/error/code").intValue()).isEqualTo(-32700);
      assertThat(socket.call("system.ping", "{}").has("at")).isTrue();
    }
  }

  @Test
  void a_million_nested_brackets_are_one_short_answer() {
    try (Socket socket = ada.socket()) {
      socket.raw("[".repeat(1_000_000));
      assertThat(socket.other().at("/error/code").intValue()).isEqualTo(-32700);
      socket.raw("{\"a\":".repeat(200_000));
      assertThat(socket.other().at("/error/code").intValue()).isEqualTo(-32700);
      assertThat(socket.call("system.ping", "{}").has("at")).isTrue();
    }
  }

  @Test
  void notifications_get_no_reply_even_when_they_are_wrong() {
    try (Socket socket = ada.socket()) {
      socket.raw("{\"jsonrpc\":\"2.0\",\"method\":\"system.ping\"}");
      socket.raw("{\"jsonrpc\":\"2.0\",\"method\":\"no.such\"}");
      socket.raw("{\"jsonrpc\":\"2.0\",\"method\":\"system.ping\",\"params\":[1]}");
      socket.raw("{\"jsonrpc\":\"2.0\",\"method\":\"messages.post\",\"params\":{}}");
      socket.raw(post("", "heard though not answered"));
      socket.raw(post("\"last\"", "last"));
      assertThat(socket.other().path("id").stringValue()).isEqualTo("last");
      JsonNode heard =
          socket.call("messages.list", "{conversation: '%s', limit: 2}".formatted(room));
      assertThat(heard.at("/items/0/content").stringValue()).isEqualTo("heard though not answered");
    }
  }

  @Test
  void a_batch_of_sixteen_is_answered_as_one_array_and_of_seventeen_refused() {
    try (Socket socket = ada.socket()) {
      List<String> sixteen = IntStream.range(0, 16).mapToObj(i -> ping("\"b" + i + "\"")).toList();
      socket.raw(array(sixteen));
      JsonNode answers = socket.other();
      assertThat(answers.isArray()).isTrue();
      assertThat(answers).extracting(one -> one.path("id").stringValue()).hasSize(16);
      List<String> seventeen = new ArrayList<>(sixteen);
      seventeen.add(ping("\"b16\""));
      socket.raw(array(seventeen));
      JsonNode refused = socket.other();
      assertThat(refused.isObject()).isTrue();
      assertThat(refused.at("/error/code").intValue()).isEqualTo(-32600);
    }
  }

  @Test
  void a_batch_may_mix_everything_and_each_entry_fares_by_itself() {
    try (Socket socket = ada.socket()) {
      socket.raw(
          array(
              List.of(
                  ping("\"x\""),
                  "5",
                  array(List.of(ping("\"inner\""))),
                  "{\"jsonrpc\":\"2.0\",\"method\":\"system.ping\"}",
                  "{\"jsonrpc\":\"2.0\",\"id\":\"y\",\"method\":\"no.such\"}")));
      JsonNode answers = socket.other();
      assertThat(answers)
          .extracting(one -> one.path("id") + " " + one.at("/error/code"))
          .containsExactlyInAnyOrder("\"x\" ", "null -32600", "null -32600", "\"y\" -32601");
    }
  }

  @Test
  void a_batch_of_notifications_gets_no_reply() {
    try (Socket socket = ada.socket()) {
      socket.raw(array(List.of("{\"jsonrpc\":\"2.0\",\"method\":\"system.ping\"}")));
      socket.raw(ping("\"after\""));
      assertThat(socket.other().path("id").stringValue()).isEqualTo("after");
    }
  }

  @Test
  void changes_of_one_socket_are_done_in_the_order_sent() {
    String here = ada.room("Order");
    try (Socket socket = ada.socket()) {
      for (int i = 0; i < 100; i++) {
        socket.send("messages.post", "{conversation: '%s', content: '%d'}".formatted(here, i));
      }
      socket.call("messages.post", "{conversation: '%s', content: 'end'}".formatted(here));
      JsonNode all =
          socket.call(
              "messages.list", "{conversation: '%s', after: 0, limit: 100}".formatted(here));
      List<String> contents = new ArrayList<>();
      all.path("items").forEach(one -> contents.add(one.path("content").stringValue()));
      assertThat(contents).isEqualTo(IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    }
  }

  @Test
  void more_requests_than_may_be_under_way_are_all_answered() {
    try (Socket socket = ada.socket()) {
      for (int i = 0; i < 2_000; i++) {
        socket.raw(i % 10 == 0 ? post("\"" + i + "\"", "m" + i) : ping("\"" + i + "\""));
      }
      Set<String> answered =
          IntStream.range(0, 2_000)
              .mapToObj(i -> socket.other().path("id").stringValue())
              .collect(Collectors.toSet());
      assertThat(answered).hasSize(2_000);
    }
  }
}
