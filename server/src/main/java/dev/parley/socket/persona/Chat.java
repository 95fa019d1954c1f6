package dev.parley.socket.persona;

import dev.parley.functions.Json;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One question to a persona, until it is answered. */
final class Chat {
  private static final Logger LOG = LoggerFactory.getLogger(Chat.class);

  /** How long a reply is waited for. */
  private static final Duration DEADLINE = Duration.ofSeconds(300);

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Visit visit;
  private final Persona persona;
  private final String conversation;
  private final String content;
  private final Consumer<String> pieces;
  private final String key;
  private final Instant began;
  private final CompletableFuture<Reply> ended = new CompletableFuture<>();
  private final StringBuilder told = new StringBuilder();
  private int drafts;
  private volatile @Nullable String question;
  private volatile Instant looked;

  /**
   * What a persona replied.
   *
   * @param message its id
   * @param model what wrote it, if a model did
   * @param tokens how many it is long; 0 if no model wrote it
   * @param took how long that was, since it was asked
   */
  record Reply(String message, String text, Optional<String> model, int tokens, Duration took) {}

  /** Nobody wants the reply any more. */
  static final class Cancelled extends RuntimeException {
    Cancelled() {
      super("The reply was cancelled", null, false, false);
    }
  }

  /**
   * @param pieces hears what is being written, on the event loop
   */
  Chat(Visit visit, Persona persona, String conversation, String content, Consumer<String> pieces) {
    this.visit = visit;
    this.persona = persona;
    this.conversation = conversation;
    this.content = content;
    this.pieces = pieces;
    this.key = visit.freshId();
    this.began = visit.now();
    this.looked = began;
  }

  Visit visit() {
    return visit;
  }

  Persona persona() {
    return persona;
  }

  String conversation() {
    return conversation;
  }

  /** What the question is known by before it has an id. */
  String key() {
    return key;
  }

  /** The reply; or a {@link Refusal}, or {@link Cancelled}. */
  CompletableFuture<Reply> ended() {
    return ended;
  }

  /**
   * Posts the question.
   *
   * @return its id
   */
  String post(int mostTokens) {
    Map<String, Object> params = new HashMap<>();
    params.put("persona", persona.id());
    params.put("content", content);
    params.put("clientId", key);
    params.put("tokens", mostTokens);
    return visit.call("personas.ask", params).at("/message/id").stringValue();
  }

  void isAsked(String id) {
    question = id;
  }

  boolean isFrom(JsonNode sender) {
    return sender.path("id").asString("").equals(persona.id());
  }

  /** Some of the reply was written. On the event loop, as all that is told. */
  void draft(JsonNode draft) {
    if (draft.path("index").intValue() == drafts) {
      drafts++;
      piece(draft.path("text").stringValue());
    }
  }

  private void piece(String text) {
    told.append(text);
    pieces.accept(text);
  }

  /** All of it was written: tells what no draft has told. */
  void told(String whole) {
    String before = told.toString().stripLeading();
    if (whole.startsWith(before) && whole.length() > before.length()) {
      piece(whole.substring(before.length()));
    }
  }

  /** The reply is posted. Blocks. */
  void replied(JsonNode message) {
    JsonNode made = made();
    boolean first =
        ended.complete(
            new Reply(
                message.path("id").stringValue(),
                message.path("content").stringValue(),
                Optional.ofNullable(made.path("model").stringValue(null)),
                made.path("tokens").intValue(0),
                Duration.between(began, visit.now())));
    assert first || ended.isDone() : "it ends once";
  }

  private JsonNode made() {
    try {
      return context().orElseGet(Json.MAPPER::createObjectNode);
    } catch (Refusal unavailable) {
      LOG.warn("it is not known what the reply was made of: {}", unavailable.getMessage());
      return Json.MAPPER.createObjectNode();
    }
  }

  private Optional<JsonNode> context() {
    return Optional.ofNullable(question)
        .flatMap(
            id -> visit.find("personas.context", Map.of("message", id, "persona", persona.id())))
        .map(found -> found.path("reply"));
  }

  /** There will be no reply. */
  void stopped(JsonNode data) {
    if (data.path("reason").asString("").equals("cancelled")) {
      fail(new Cancelled());
    } else {
      JsonNode error = data.path("error");
      fail(
          new Refusal(
              code(error.path("type").asString("")),
              error.path("message").asString(""),
              error.has("retryAfterMs")
                  ? Map.of("retryAfterMs", error.path("retryAfterMs").longValue())
                  : Map.of()));
    }
  }

  private static ErrorCode code(String word) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.word().equals(word))
        .findFirst()
        .orElse(ErrorCode.INTERNAL_ERROR);
  }

  private void fail(RuntimeException why) {
    boolean first = ended.completeExceptionally(why);
    assert first || ended.isDone() : "it ends once";
  }

  /** How many replies it has ended: 1, or 0 if there was none any more. */
  int cancel(Visit by) {
    return Optional.ofNullable(question)
        .map(id ->
            by.call("personas.cancel", Map.of("conversation", conversation, "message", id))
                .path("cancelled")
                .intValue())
        .orElse(0);
  }

  /** Whether it is time to look what became of it: its end may have been told and not heard. */
  boolean isDue(Instant now) {
    return !now.isBefore(looked.plus(PAUSE));
  }

  /** Looks what became of it. Blocks. */
  void look(Instant now) {
    looked = now;
    context().ifPresent(this::endAs);
    if (!ended.isDone() && !now.isBefore(began.plus(DEADLINE))) {
      fail(
          Refusal.unavailable(
              "%s has not answered within %d s".formatted(persona.name(), DEADLINE.toSeconds())));
      int late = cancel(visit);
      assert late <= 1 : "one question has one reply";
    }
  }

  private void endAs(JsonNode reply) {
    switch (reply.path("outcome").asString("")) {
      case "cancelled" -> fail(new Cancelled());
      case "failed" -> fail(Refusal.unavailable(reply.path("error").asString("")));
      default -> {
        // It is posted, and posted messages are told of for certain.
      }
    }
  }
}
