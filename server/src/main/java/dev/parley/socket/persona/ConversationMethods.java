package dev.parley.socket.persona;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Two personas that talk with each other: a private room of the account, in which they are asked
 * to. They stop by themselves after a few turns.
 */
final class ConversationMethods {
  private static final int LONGEST_TOPIC = 100;
  private static final int LONGEST_TITLE = 120;

  static final List<Method<?>> ALL =
      List.of(
          Method.of("conversation.start", Start.class, ConversationMethods::start),
          Method.of("conversation.status", Perhaps.class, ConversationMethods::status),
          Method.of("conversation.end", End.class, ConversationMethods::end));

  private ConversationMethods() {}

  record Start(
      @Text(min = 1, max = 64) String persona1Id,
      @Text(min = 1, max = 64) String persona2Id,
      @Text(min = 1, max = LONGEST_TOPIC) Optional<String> topic,
      @Range(min = 1, max = 1_000_000) Optional<Integer> tokenBudget) {}

  record Started(String conversationId, List<String> participants, String topic, boolean started) {}

  record Perhaps(@Text(min = 1, max = 40) Optional<String> conversationId) {}

  /**
   * @param duration from its beginning to the last word, in seconds
   * @param continueScore none is worked out: they stop after a few turns
   * @param tokensRemaining of the budget it was begun with on this socket
   */
  record Status(
      String id,
      List<String> participants,
      String topic,
      int turnCount,
      double duration,
      Optional<Double> continueScore,
      long tokensUsed,
      Optional<Long> tokensRemaining,
      boolean shouldContinue) {}

  record End(
      @Text(min = 1, max = 40) Optional<String> conversationId,
      @Text(min = 1, max = 200) Optional<String> reason) {}

  record Ended(String conversationId, boolean ended, String reason, Final finalStats) {}

  record Final(double duration, int turns, long tokensUsed) {}

  private static Started start(Visit visit, Start input) {
    Persona one = Persona.named(visit, input.persona1Id());
    Persona other = Persona.named(visit, input.persona2Id());
    if (one.id().equals(other.id())) {
      throw new InvalidInput("persona2_id", "must be another persona");
    }
    String topic = input.topic().orElse("general");
    String room = room(visit, "%s and %s: %s".formatted(one.name(), other.name(), topic), topic);
    Stream.of(one, other)
        .forEach(persona ->
            visit.call("personas.invite", Map.of("conversation", room, "persona", persona.id())));
    visit.call(
        "messages.post",
        Map.of(
            "conversation",
            room,
            "content",
            "@%s talk with @%s about %s".formatted(one.handle(), other.handle(), topic)));
    visit.stay().began(new Stay.Begun(room, input.tokenBudget().orElse(1_000)));
    return new Started(room, List.of(one.id(), other.id()), topic, true);
  }

  private static String room(Visit visit, String title, String topic) {
    String cut = title.substring(0, Math.min(title.length(), LONGEST_TITLE));
    return visit
        .call(
            "conversations.create",
            Map.of("kind", "room", "visibility", "private", "title", cut, "topic", topic))
        .at("/conversation/id")
        .stringValue();
  }

  private static String which(Visit visit, Optional<String> named) {
    return named
        .or(() -> visit.stay().begun().map(Stay.Begun::conversation))
        .orElseThrow(() ->
            new InvalidInput(
                "conversation_id", "is missing, and none was begun here by conversation.start"));
  }

  private static Status status(Visit visit, Perhaps input) {
    String id = which(visit, input.conversationId());
    JsonNode room = visit.call("conversations.get", Map.of("id", id)).path("conversation");
    List<JsonNode> said =
        visit
            .call("messages.list", Map.of("conversation", id, "limit", 100))
            .path("items")
            .valueStream()
            .toList();
    List<JsonNode> turns = said.stream().filter(ConversationMethods::isOfPersona).toList();
    long tokens = turns.stream().mapToLong(turn -> tokens(visit, turn)).sum();
    return new Status(
        id,
        turns.stream().map(turn -> turn.at("/sender/id").stringValue()).distinct().toList(),
        room.path("topic").asString(""),
        turns.size(),
        duration(room, said),
        Optional.empty(),
        tokens,
        visit
            .stay()
            .begun()
            .filter(begun -> begun.conversation().equals(id))
            .map(begun -> Math.max(0, begun.tokenBudget() - tokens)),
        !room.path("archived").booleanValue());
  }

  private static boolean isOfPersona(JsonNode message) {
    return message.at("/sender/kind").stringValue().equals("persona");
  }

  private static long tokens(Visit visit, JsonNode turn) {
    return visit
        .find("personas.context", Map.of("message", turn.path("id").stringValue()))
        .map(made -> made.at("/reply/tokens").longValue())
        .orElse(0L);
  }

  private static double duration(JsonNode room, List<JsonNode> said) {
    Instant began = Instant.parse(room.path("createdAt").stringValue());
    return said.isEmpty()
        ? 0
        : ChatMethods.seconds(
            Duration.between(began, Instant.parse(said.getLast().path("at").stringValue())));
  }

  private static Ended end(Visit visit, End input) {
    String id = which(visit, input.conversationId());
    visit.call("personas.cancel", Map.of("conversation", id));
    visit.call("conversations.update", Map.of("id", id, "archived", true));
    Status status = status(visit, new Perhaps(Optional.of(id)));
    return new Ended(
        id,
        true,
        input.reason().orElse("user_request"),
        new Final(status.duration(), status.turnCount(), status.tokensUsed()));
  }
}
