package dev.parley.conversations;

import dev.parley.testing.User;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a client knows of its own conversations: fetched, and kept by its account's own events. */
record KnownList(User user, Map<String, Counts> conversations) {

  /** What is not read, and how often it speaks of the account. */
  record Counts(long unread, long mentions) {
    static Counts of(JsonNode conversation) {
      return new Counts(
          conversation.path("unread").longValue(), conversation.path("mentions").longValue());
    }
  }

  static KnownList fetched(User user) {
    Map<String, Counts> conversations = new TreeMap<>();
    user.call("conversations.list", "{mine: true, limit: 100}")
        .path("items")
        .forEach(one -> conversations.put(one.path("id").stringValue(), Counts.of(one)));
    return new KnownList(user, conversations);
  }

  void apply(JsonNode event) {
    JsonNode data = event.path("data");
    String id = data.path("conversation").asString("");
    switch (event.path("type").stringValue()) {
      case "conversation.added" ->
          conversations.put(
              id,
              Counts.of(
                  user.call("conversations.get", "{id: '%s'}".formatted(id)).path("conversation")));
      case "conversation.removed" -> conversations.remove(id);
      case "unread" ->
          conversations.computeIfPresent(
              id,
              (same, before) ->
                  new Counts(data.path("count").longValue(), data.path("mentions").longValue()));
      default -> {}
    }
  }
}
