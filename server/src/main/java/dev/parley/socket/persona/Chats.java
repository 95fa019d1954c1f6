package dev.parley.socket.persona;

import dev.parley.functions.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The replies that one socket waits for. It listens to the conversations in which it has asked
 * something as any client does. A question is known again by the client id that it was posted with,
 * and what answers it by the question's id; so whatever else is said there is not mixed up with it.
 */
final class Chats {
  private static final Logger LOG = LoggerFactory.getLogger(Chats.class);

  private final Executor virtualThreads;
  private final Set<String> followed = new HashSet<>();
  private final Map<String, Chat> waiting = new ConcurrentHashMap<>();
  private final Map<String, Chat> byQuestion = new ConcurrentHashMap<>();

  Chats(Executor virtualThreads) {
    this.virtualThreads = virtualThreads;
  }

  /**
   * Asks a persona something. One at a time, but the answers are not waited for.
   *
   * @throws dev.parley.wire.Refusal if it could not be asked
   */
  void ask(Chat chat, int mostTokens) {
    follow(chat);
    waiting.put(chat.key(), chat);
    var unused = chat.ended().whenComplete((reply, failure) -> forget(chat));
    try {
      asked(chat.key(), chat.post(mostTokens));
    } catch (RuntimeException refused) {
      forget(chat);
      throw refused;
    }
  }

  private void asked(String key, String question) {
    Chat chat = waiting.get(key);
    if (chat != null) {
      chat.isAsked(question);
      byQuestion.put(question, chat);
      if (chat.ended().isDone()) {
        forget(chat);
      }
    }
  }

  private void forget(Chat chat) {
    waiting.remove(chat.key());
    byQuestion.values().remove(chat);
  }

  /** Listens where it asks, and no longer where it waits for nothing. */
  private void follow(Chat chat) {
    for (String other : List.copyOf(followed)) {
      if (!other.equals(chat.conversation()) && of(other).isEmpty()) {
        chat.visit().call("conversations.unsubscribe", Map.of("id", other));
        followed.remove(other);
      }
    }
    if (!followed.contains(chat.conversation())) {
      chat.visit().call("conversations.subscribe", Map.of("id", chat.conversation()));
      followed.add(chat.conversation());
    }
  }

  private List<Chat> of(String conversation) {
    return waiting.values().stream()
        .filter(chat -> chat.conversation().equals(conversation))
        .toList();
  }

  /** How many replies are waited for. */
  int count() {
    return waiting.size();
  }

  /**
   * Ends those that are chosen.
   *
   * @return how many had not ended
   */
  int cancel(Visit visit, Predicate<Chat> which) {
    return waiting.values().stream().filter(which).mapToInt(chat -> chat.cancel(visit)).sum();
  }

  /** An event came. On the event loop. */
  void heard(byte[] event) {
    try {
      heard(Json.MAPPER.readTree(event).path("params"));
    } catch (RuntimeException bug) {
      LOG.error("an event was not understood", bug);
    }
  }

  private void heard(JsonNode event) {
    JsonNode data = event.path("data");
    switch (event.path("type").asString("")) {
      case "message.posted" -> posted(data.path("message"));
      case "persona.draft" -> answering(data, chat -> chat.draft(data));
      case "persona.stopped" -> answering(data, chat -> chat.stopped(data));
      default -> {
        // What else happens has no word in this dialect.
      }
    }
  }

  private void posted(JsonNode message) {
    asked(message.path("clientId").asString(""), message.path("id").stringValue());
    answering(
        message,
        chat -> {
          if (chat.isFrom(message.path("sender"))) {
            chat.told(message.path("content").stringValue());
            virtualThreads.execute(() -> chat.replied(message));
          }
        });
  }

  private void answering(JsonNode answer, Consumer<Chat> hears) {
    Chat chat = byQuestion.get(answer.path("replyTo").asString(""));
    if (chat != null) {
      hears.accept(chat);
    }
  }

  /** On the event loop, once a second: what may be lost is looked for. */
  void look(Instant now) {
    waiting.values().stream()
        .filter(chat -> chat.isDue(now))
        .forEach(chat -> virtualThreads.execute(() -> chat.look(now)));
  }
}
