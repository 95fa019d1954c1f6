package dev.parley.socket.persona;

import dev.parley.functions.Rfc3339;
import dev.parley.wire.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply told while it is written: frames with the id of the request, of which the last one is its
 * reply. The stream's id is that of the chat.
 */
final class StreamedChat {
  /** What is found beside the data, too. */
  private static final List<String> PROMOTED =
      List.of("persona_id", "chunk", "full_response", "tokens_used", "processing_time");

  private final Visit visit;
  private final Stay.Selected with;
  private final String message;
  private final int budget;
  private final Chat chat;
  private int chunks;
  private int length;

  StreamedChat(Visit visit, Stay.Selected with, String message, int budget) {
    this.visit = visit;
    this.with = with;
    this.message = message;
    this.budget = budget;
    this.chat = new Chat(visit, with.persona(), with.conversation(), message, this::chunk);
  }

  private record Started(String personaId, String personaName, String message, int tokenBudget) {}

  private record Chunk(String chunk, int chunkNumber, int totalLength) {}

  private record Completed(
      String fullResponse,
      int chunkCount,
      double processingTime,
      int responseLength,
      int tokensUsed,
      String personaName,
      Optional<String> model,
      String messageId) {}

  private record Cancelled(String reason) {}

  CompletionStage<?> begin() {
    visit.say(
        event(
            "stream_start",
            new Started(with.persona().id(), with.persona().name(), message, budget)));
    try {
      visit.stay().chats().ask(chat, budget);
    } catch (Refusal refusal) {
      return CompletableFuture.failedStage(error(refusal));
    }
    return chat.ended()
        .handle((reply, failure) ->
            switch (failure) {
              case null -> completed(reply);
              case Chat.Cancelled cancelled ->
                  event("stream_cancelled", new Cancelled("Client cancelled"));
              case Refusal refusal -> throw error(refusal);
              default -> throw new IllegalStateException(failure);
            });
  }

  /** Some of it came. On the event loop. */
  private void chunk(String text) {
    chunks++;
    length += text.length();
    visit.say(event("stream_chunk", new Chunk(text, chunks, length)));
  }

  private ObjectNode completed(Chat.Reply reply) {
    return event(
        "stream_complete",
        new Completed(
            reply.text(),
            chunks,
            ChatMethods.seconds(reply.took()),
            reply.text().length(),
            reply.tokens(),
            with.persona().name(),
            reply.model(),
            reply.message()));
  }

  private ObjectNode event(String type, Record data) {
    ObjectNode event = head(type);
    ObjectNode values = Words.MAPPER.valueToTree(data);
    PROMOTED.stream().filter(values::has).forEach(name -> event.set(name, values.get(name)));
    event.set("data", values);
    return event;
  }

  private ObjectNode head(String type) {
    return Words.MAPPER
        .createObjectNode()
        .put("event_type", type)
        .put("stream_id", chat.key())
        .put("timestamp", Rfc3339.text(visit.now()));
  }

  private Refusal error(Refusal why) {
    ObjectNode head = head("stream_error");
    Map<String, Object> data = new LinkedHashMap<>(why.data());
    head.properties().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    return new Refusal(why.code(), why.getMessage(), data);
  }
}
