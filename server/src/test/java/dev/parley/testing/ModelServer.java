package dev.parley.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.parley.functions.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server that answers as a model's server does, on a real port, with what a test wants. */
public final class ModelServer implements AutoCloseable {
  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final Protocol protocol;
  private int steps;

  /** What the server speaks. */
  public enum Protocol {
    OLLAMA("ollama", "OLLAMA_HOST", "", "application/x-ndjson"),
    OPENAI("openai", "OPENAI_BASE_URL", "/v1", "text/event-stream");

    private final String brain;
    private final String key;
    private final String path;
    private final String type;

    Protocol(String brain, String key, String path, String type) {
      this.brain = brain;
      this.key = key;
      this.path = path;
      this.type = type;
    }

    private String stream(List<ObjectNode> deltas) {
      return switch (this) {
        case OLLAMA ->
            deltas.stream().map(delta -> ndjson(delta, false)).collect(Collectors.joining())
                + ndjson(Json.MAPPER.createObjectNode().put("content", ""), true);
        case OPENAI ->
            deltas.stream().map(delta -> sse(delta, false)).collect(Collectors.joining())
                + sse(Json.MAPPER.createObjectNode(), true)
                + "data: [DONE]\n\n";
      };
    }

    private static String ndjson(ObjectNode delta, boolean done) {
      ObjectNode line = Json.MAPPER.createObjectNode().put("model", "stub").put("done", done);
      line.put("created_at", "2026-11-21T12:00:00Z");
      line.set("message", delta.put("role", "assistant"));
      if (done) {
        line.put("done_reason", "stop").put("prompt_eval_count", 1).put("eval_count", 999_999);
      }
      return line + "\n";
    }

    private static String sse(ObjectNode delta, boolean done) {
      ObjectNode choice = Json.MAPPER.createObjectNode().put("index", 0);
      choice.set("delta", delta);
      if (done) {
        choice.put("finish_reason", "stop");
      }
      ObjectNode chunk = Json.MAPPER.createObjectNode().put("id", "1").put("model", "stub");
      chunk.put("object", "chat.completion.chunk").putArray("choices").add(choice);
      return "data: " + chunk + "\n\n";
    }

    private ObjectNode toolCall(String name, String arguments) {
      ObjectNode delta = Json.MAPPER.createObjectNode();
      ObjectNode call = delta.putArray("tool_calls").addObject();
      ObjectNode function = call.putObject("function").put("name", name);
      switch (this) {
        case OLLAMA -> {
          delta.put("content", "");
          function.set("arguments", Json.MAPPER.readTree(arguments));
        }
        case OPENAI -> {
          call.put("index", 0).put("id", "call-1").put("type", "function");
          function.put("arguments", arguments);
        }
      }
      return delta;
    }
  }

  public ModelServer(Protocol protocol) {
    this.protocol = protocol;
    server.start();
  }

  /** What a Parley needs to find it, and more settings. */
  public Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put(protocol.key, "http://localhost:" + server.port() + protocol.path);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  /** The name of the brain that asks it. */
  public String brain() {
    return protocol.brain;
  }

  /** Answers every question from now on with these pieces. */
  public void says(String... pieces) {
    server.stubFor(any(anyUrl()).willReturn(saying(pieces)));
  }

  /** Answers every question from now on with these pieces, over a while. */
  public void saysSlowly(Duration all, String... pieces) {
    server.stubFor(
        any(anyUrl())
            .willReturn(
                saying(pieces).withChunkedDribbleDelay(pieces.length, (int) all.toMillis())));
  }

  /** Answers the next question thus, and those after it as it is told then. */
  public void thenSays(String... pieces) {
    next(saying(pieces));
  }

  /** Wants a tool used in answer to the next question. */
  public void thenUses(String tool, String arguments) {
    next(streaming(protocol.stream(List.of(protocol.toolCall(tool, arguments)))));
  }

  /** Fails at the next question. */
  public void thenFails(int status) {
    next(aResponse().withStatus(status));
  }

  /** Answers no question from now on. */
  public void fails(int status) {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
  }

  /** Says nothing for a long time. */
  public void hangs() {
    server.stubFor(any(anyUrl()).willReturn(saying("late").withFixedDelay(60_000)));
  }

  /** Begins well and then sends something that is no answer, or nothing more. */
  public void breaks(Fault fault) {
    server.stubFor(any(anyUrl()).willReturn(saying("I was about to").withFault(fault)));
  }

  /** Sends bytes as they are. */
  public void sends(String body) {
    server.stubFor(any(anyUrl()).willReturn(streaming(body)));
  }

  private void next(ResponseDefinitionBuilder response) {
    String now = steps == 0 ? Scenario.STARTED : "step " + steps;
    steps++;
    MappingBuilder step =
        any(anyUrl()).inScenario("steps").whenScenarioStateIs(now).willSetStateTo("step " + steps);
    server.stubFor(step.willReturn(response));
  }

  private ResponseDefinitionBuilder saying(String... pieces) {
    return streaming(
        protocol.stream(
            Stream.of(pieces)
                .map(piece -> Json.MAPPER.createObjectNode().put("content", piece))
                .toList()));
  }

  private ResponseDefinitionBuilder streaming(String body) {
    return aResponse().withHeader("Content-Type", protocol.type).withBody(body);
  }

  /** The bodies of the questions that it was asked, in order. */
  public List<JsonNode> asked() {
    return server.findAll(anyRequestedFor(anyUrl())).stream()
        .map(LoggedRequest::getBodyAsString)
        .map(Json.MAPPER::readTree)
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
