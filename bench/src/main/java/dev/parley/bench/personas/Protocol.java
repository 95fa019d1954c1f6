package dev.parley.bench.personas;

import dev.parley.functions.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What servers of language models speak while they write. */
public enum Protocol {
  OPENAI("OPENAI_BASE_URL", "/v1", "/v1/chat/completions", "text/event-stream") {
    @Override
    String piece(String text) {
      return sse(Map.of("content", text), Map.of("index", 0));
    }

    @Override
    String end() {
      return sse(Map.of(), Map.of("index", 0, "finish_reason", "stop")) + "data: [DONE]\n\n";
    }

    private static String sse(Map<String, String> delta, Map<String, Object> choice) {
      var all = new HashMap<String, Object>(choice);
      all.put("delta", delta);
      var chunk =
          Map.of(
              "id",
              "1",
              "model",
              ModelStub.MODEL,
              "object",
              "chat.completion.chunk",
              "choices",
              List.of(all));
      return "data: " + Json.MAPPER.writeValueAsString(chunk) + "\n\n";
    }
  },

  OLLAMA("OLLAMA_HOST", "", "/api/chat", "application/x-ndjson") {
    @Override
    String piece(String text) {
      return line(text, false, Map.of());
    }

    @Override
    String end() {
      return line("", true, Map.of("done_reason", "stop", "prompt_eval_count", 1, "eval_count", 1));
    }

    private static String line(String text, boolean done, Map<String, Object> more) {
      var line = new HashMap<String, Object>(more);
      line.put("model", ModelStub.MODEL);
      line.put("created_at", "2026-11-21T12:00:00Z");
      line.put("message", Map.of("role", "assistant", "content", text));
      line.put("done", done);
      return Json.MAPPER.writeValueAsString(line) + "\n";
    }
  };

  private final String key;
  private final String base;
  private final String path;
  private final String type;

  Protocol(String key, String base, String path, String type) {
    this.key = key;
    this.base = base;
    this.path = path;
    this.type = type;
  }

  /** What is sent for a piece of a reply. */
  abstract String piece(String text);

  /** What is sent when the reply is over. */
  abstract String end();

  /** The name of the brain that asks such a server. */
  String brain() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The configuration key that bears the server's address. */
  String key() {
    return key;
  }

  /** What the address ends with. */
  String base() {
    return base;
  }

  /** Where it is asked. */
  String path() {
    return path;
  }

  /** Of what it writes. */
  String type() {
    return type;
  }
}
