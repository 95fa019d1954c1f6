package dev.parley.mcp;

import dev.parley.functions.Json;
import dev.parley.http.Answer;
import dev.parley.http.EventStream;
import dev.parley.http.Exchange;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer to one POST: a plain JSON answer, unless something is to be said before it; then a
 * stream. A client that reads no streams is told nothing before.
 */
final class HttpOutlet implements Outlet {
  private final Exchange exchange;
  private final boolean mayStream;
  private @Nullable EventStream stream;

  HttpOutlet(Exchange exchange) {
    this.exchange = exchange;
    String accept = exchange.header("Accept");
    this.mayStream = accept.contains("text/event-stream") || accept.contains("*/*");
  }

  @Override
  public synchronized void send(ObjectNode message) {
    if (mayStream) {
      begun().send(Json.MAPPER.writeValueAsBytes(message));
    }
  }

  private EventStream begun() {
    if (stream == null) {
      stream = exchange.stream(Map.of());
    }
    return stream;
  }

  @Override
  public boolean isOpen() {
    return exchange.isOpen();
  }

  boolean mayStream() {
    return mayStream;
  }

  /** Opens the stream now, whether or not there is something to say. */
  synchronized EventStream stream() {
    return begun();
  }

  /** Says the last word. */
  synchronized void finish(int status, ObjectNode message, Map<String, String> headers) {
    byte[] json = Json.MAPPER.writeValueAsBytes(message);
    if (stream == null) {
      Answer answer = Answer.json(status, json);
      for (Map.Entry<String, String> header : headers.entrySet()) {
        answer = answer.with(header.getKey(), header.getValue());
      }
      exchange.answer(answer);
    } else {
      stream.send(json);
      stream.end();
    }
  }

  /** Ends without a last word. */
  synchronized void abandon() {
    if (stream == null) {
      exchange.answer(Answer.empty(202));
    } else {
      stream.end();
    }
  }
}
