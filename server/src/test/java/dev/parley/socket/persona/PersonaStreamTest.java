package dev.parley.socket.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.ModelServer;
import dev.parley.testing.ModelServer.Protocol;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Replies of a model in the dialect: streamed, cancelled, failed; what it was asked. */
class PersonaStreamTest {
  private static final String[] FORTY_PIECES =
      IntStream.range(0, 40).mapToObj(piece -> " word" + piece).toArray(String[]::new);

  private final ModelServer model = new ModelServer(Protocol.OPENAI);
  private final TestServer server =
      TestServer.start(Database.SQLITE, model.settings("DEFAULT_MODEL", "stub-1"));
  private final User ada = server.user("ada");
  private Socket socket;

  @BeforeEach
  void select() {
    ada.call(
        "personas.create",
        "{name: 'rowan', displayName: 'Rowan', description: 'Keeps the garden', brain: '%s'}"
            .formatted(model.brain()));
    socket = open();
  }

  private Socket open() {
    Socket fresh = Socket.open(server, "/ws", "persona", Optional.of(ada.token()));
    fresh.call("persona.switch", "{persona_id: 'Rowan'}");
    return fresh;
  }

  @AfterEach
  void stop() {
    socket.close();
    server.close();
    model.close();
  }

  private void stream(String id, String message) {
    socket.raw(
        """
        {"jsonrpc":"2.0","id":"%s","method":"persona.chat_stream","params":{"message":"%s"}}\
        """
            .formatted(id, message));
  }

  private List<JsonNode> untilTheEnd() {
    List<JsonNode> frames = new ArrayList<>();
    while (frames.isEmpty() || List.of("stream_start", "stream_chunk").contains(type(frames))) {
      frames.add(socket.other());
    }
    return frames;
  }

  private static String type(List<JsonNode> frames) {
    return frames.getLast().at("/result/event_type").asString("error");
  }

  private static String chunks(List<JsonNode> frames) {
    return frames.stream()
        .map(frame -> frame.at("/result/data/chunk").asString(""))
        .collect(Collectors.joining());
  }

  @Test
  void a_reply_is_streamed_in_the_frames_that_its_clients_know() {
    model.says("The roses", " are", " in bloom.");
    stream("s", "What is new?");
    List<JsonNode> frames = untilTheEnd();
    JsonNode start = frames.getFirst().path("result");
    assertThat(start.path("event_type").stringValue()).isEqualTo("stream_start");
    assertThat(start.at("/data/persona_name").stringValue()).isEqualTo("Rowan");
    assertThat(start.at("/data/token_budget").intValue()).isEqualTo(500);
    assertThat(start.path("persona_id")).isEqualTo(start.at("/data/persona_id"));
    assertThat(chunks(frames)).isEqualTo("The roses are in bloom.");
    JsonNode end = frames.getLast().path("result");
    assertThat(end.path("event_type").stringValue()).isEqualTo("stream_complete");
    assertThat(end.path("full_response").stringValue()).isEqualTo("The roses are in bloom.");
    assertThat(end.at("/data/chunk_count").intValue()).isEqualTo(frames.size() - 2);
    assertThat(end.at("/data/response_length").intValue()).isEqualTo(23);
    assertThat(end.path("tokens_used").intValue()).isBetween(5, 9);
    assertThat(end.at("/data/model").stringValue()).isEqualTo("stub");
    assertThat(frames)
        .allSatisfy(frame -> {
          assertThat(frame.path("id").stringValue()).isEqualTo("s");
          assertThat(frame.at("/result/stream_id")).isEqualTo(start.path("stream_id"));
          assertThat(frame.at("/result/timestamp").stringValue()).endsWith("Z");
          assertThat(frame.has("error")).isFalse();
        });
  }

  @Test
  void chunks_are_counted_and_together_they_are_the_whole() {
    model.saysSlowly(Duration.ofSeconds(1), FORTY_PIECES);
    stream("s", "Tell me all");
    List<JsonNode> frames = untilTheEnd();
    List<JsonNode> chunks = frames.subList(1, frames.size() - 1);
    assertThat(chunks).hasSizeGreaterThan(2);
    assertThat(chunks)
        .extracting(frame -> frame.at("/result/data/chunk_number").intValue())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, chunks.size()).boxed().toList());
    assertThat(chunks.getLast().at("/result/data/total_length").intValue())
        .isEqualTo(chunks(frames).length());
    assertThat(chunks(frames).strip())
        .isEqualTo(frames.getLast().at("/result/full_response").stringValue())
        .isEqualTo(String.join("", FORTY_PIECES).strip());
  }

  @Test
  void a_stream_is_cancelled_while_it_runs_and_the_next_question_is_answered() {
    model.saysSlowly(Duration.ofSeconds(60), FORTY_PIECES);
    stream("s", "Tell me all");
    String stream = socket.other().at("/result/stream_id").stringValue();
    assertThat(socket.other().at("/result/event_type").stringValue()).isEqualTo("stream_chunk");
    JsonNode other = socket.call("persona.cancel", "{stream_id: 'another'}");
    assertThat(other.path("cancelled").intValue()).isZero();
    JsonNode cancelled = socket.call("persona.cancel", "{stream_id: '%s'}".formatted(stream));
    assertThat(cancelled.path("cancelled").intValue()).isEqualTo(1);
    JsonNode end = untilTheEnd().getLast();
    assertThat(end.at("/result/event_type").stringValue()).isEqualTo("stream_cancelled");
    assertThat(end.at("/result/data/reason").stringValue()).isEqualTo("Client cancelled");
    model.says("Short.");
    assertThat(socket.call("persona.chat", "{message: 'In short'}").path("response").stringValue())
        .isEqualTo("Short.");
  }

  @Test
  void one_of_two_streams_is_cancelled_and_the_other_goes_on() {
    model.saysSlowly(Duration.ofSeconds(60), FORTY_PIECES);
    stream("one", "Tell me all");
    String first = socket.other().at("/result/stream_id").stringValue();
    assertThat(socket.other().at("/result/event_type").stringValue()).isEqualTo("stream_chunk");
    model.says("Short.");
    stream("two", "In short");
    assertThat(
            socket
                .call("persona.cancel", "{stream_id: '%s'}".formatted(first))
                .path("cancelled")
                .intValue())
        .isEqualTo(1);
    List<String> ends = new ArrayList<>();
    while (ends.size() < 2) {
      JsonNode frame = socket.other();
      String type = frame.at("/result/event_type").stringValue();
      if (type.equals("stream_cancelled") || type.equals("stream_complete")) {
        ends.add(frame.path("id").stringValue() + " " + type);
      }
    }
    assertThat(ends).containsExactlyInAnyOrder("one stream_cancelled", "two stream_complete");
  }

  @Test
  void a_socket_answers_other_requests_while_it_streams() {
    model.saysSlowly(Duration.ofSeconds(60), FORTY_PIECES);
    stream("s", "Tell me all");
    assertThat(socket.other().at("/result/event_type").stringValue()).isEqualTo("stream_start");
    assertThat(socket.call("system.status", "{}").path("active_conversations").intValue())
        .isEqualTo(1);
    assertThat(socket.call("persona.list", "{}").path("total_count").intValue()).isPositive();
    socket.call("persona.cancel", "{}");
  }

  @Test
  void a_model_that_is_down_is_an_error_and_never_a_line_that_poses_as_a_reply() {
    model.fails(500);
    JsonNode error = socket.refused("persona.chat", "{message: 'Are you there?'}");
    assertThat(error.path("code").intValue()).isEqualTo(-32007);
    assertThat(error.path("message").stringValue()).contains("model");
    stream("s", "Are you there?");
    List<JsonNode> frames = untilTheEnd();
    JsonNode end = frames.getLast();
    assertThat(end.has("result")).isFalse();
    assertThat(end.at("/error/code").intValue()).isEqualTo(-32007);
    assertThat(end.at("/error/data/event_type").stringValue()).isEqualTo("stream_error");
    assertThat(end.at("/error/data/stream_id"))
        .isEqualTo(frames.getFirst().at("/result/stream_id"));
    JsonNode status = socket.call("system.status", "{}");
    String direct = status.path("current_conversation").stringValue();
    assertThat(
            ada.call("messages.list", "{conversation: '%s'}".formatted(direct))
                .path("items")
                .findValuesAsString("kind"))
        .containsOnly("account");
  }

  @Test
  void a_model_that_has_failed_too_often_is_not_available() {
    assertThat(socket.call("system.status", "{}").path("llm_available").booleanValue()).isTrue();
    assertThat(socket.call("system.models", "{}").path("current_model").stringValue())
        .isEqualTo("stub-1");
    model.fails(500);
    for (int i = 0; i < 5; i++) {
      socket.refused("persona.chat", "{message: 'Are you there?'}");
    }
    assertThat(socket.call("system.status", "{}").path("llm_available").booleanValue()).isFalse();
  }

  @Test
  void a_budget_of_tokens_is_kept_and_what_was_used_is_counted() {
    model.says(FORTY_PIECES);
    JsonNode answer = socket.call("persona.chat", "{message: 'Tell all', token_budget: 12}");
    assertThat(answer.path("tokens_used").intValue()).isBetween(1, 12);
    assertThat(answer.path("response").stringValue()).startsWith("word0 word1").hasSizeLessThan(60);
    assertThat(answer.path("model").isNull() || answer.path("model").isString()).isTrue();
    JsonNode asked = model.asked().getLast();
    int most = asked.path("max_completion_tokens").asInt(asked.path("max_tokens").asInt(0));
    assertThat(most).isEqualTo(12);
  }

  @Test
  void the_model_reads_what_was_said_before_streamed_or_not_before_a_restart_or_after() {
    model.says("Seven.");
    socket.call("persona.chat", "{message: 'How many roses are there?'}");
    stream("s", "And tulips?");
    untilTheEnd();
    server.restart();
    socket.close();
    socket = open();
    socket.call("persona.chat", "{message: 'And in all?'}");
    assertThat(model.asked().getLast().path("messages").toString())
        .contains("How many roses are there?", "And tulips?", "And in all?");
  }

  @Test
  void a_reply_that_is_under_way_when_the_socket_is_lost_comes_to_the_conversation_once() {
    model.saysSlowly(Duration.ofSeconds(2), FORTY_PIECES);
    stream("s", "Tell me all");
    assertThat(socket.other().at("/result/event_type").stringValue()).isEqualTo("stream_start");
    assertThat(socket.other().at("/result/event_type").stringValue()).isEqualTo("stream_chunk");
    socket.drop();
    model.says("After it.");
    socket = open();
    assertThat(socket.call("persona.chat", "{message: 'Go on'}").path("response").stringValue())
        .isEqualTo("After it.");
    String direct = socket.call("system.status", "{}").path("current_conversation").stringValue();
    assertThat(
            ada.call("messages.list", "{conversation: '%s'}".formatted(direct))
                .path("items")
                .findValuesAsString("content"))
        .containsExactlyInAnyOrder(
            "Tell me all", String.join("", FORTY_PIECES).strip(), "Go on", "After it.");
  }

  @Test
  void a_persona_that_does_not_answer_is_given_up() {
    model.hangs();
    var reply = socket.send("persona.chat", "{message: 'Well?'}");
    socket.call("system.status", "{}");
    server.clock().advance(Duration.ofSeconds(301));
    JsonNode error = reply.join().path("error");
    assertThat(error.path("code").intValue()).isEqualTo(-32007);
    assertThat(error.path("message").stringValue())
        .isEqualTo("Rowan has not answered within 300 s");
  }

  @Test
  void a_persona_that_is_deleted_while_it_answers_ends_the_wait() {
    model.saysSlowly(Duration.ofSeconds(60), FORTY_PIECES);
    stream("s", "Tell me all");
    assertThat(socket.other().at("/result/event_type").stringValue()).isEqualTo("stream_start");
    assertThat(socket.other().at("/result/event_type").stringValue()).isEqualTo("stream_chunk");
    socket.call("persona.delete", "{persona_id: 'rowan'}");
    assertThat(untilTheEnd().getLast().at("/result/event_type").stringValue())
        .isEqualTo("stream_cancelled");
  }
}
