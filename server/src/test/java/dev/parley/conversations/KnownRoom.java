package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.User;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a client knows of a room: fetched, and kept by the events of its log. */
final class KnownRoom {
  final Map<String, JsonNode> messages = new TreeMap<>();
  final Map<String, String> roles = new TreeMap<>();
  long memberCount;
  long messageCount;
  String title = "";
  String topic = "";
  long asOf;

  /** Fetches, part by part; each part as of its own place. */
  static KnownRoom fetched(User reader, String room) {
    KnownRoom known = new KnownRoom();
    JsonNode got = reader.call("conversations.get", "{id: '%s'}".formatted(room));
    known.asOf = got.at("/asOf/seq").longValue();
    known.settings(got.path("conversation"));
    known.memberCount = got.at("/conversation/members").longValue();
    known.messageCount = got.at("/conversation/messages").longValue();
    reader
        .call("conversations.members", "{id: '%s', limit: 100}".formatted(room))
        .path("items")
        .forEach(one ->
            known.roles.put(one.at("/member/id").stringValue(), one.path("role").stringValue()));
    for (long after = 0; after >= 0; ) {
      JsonNode page =
          reader.call(
              "messages.list",
              "{conversation: '%s', after: %d, limit: 100}".formatted(room, after));
      page.path("items").forEach(known::put);
      after = page.path("next").asLong(-1);
    }
    return known;
  }

  private void put(JsonNode message) {
    messages.put(message.path("id").stringValue(), message);
  }

  private void settings(JsonNode conversation) {
    title = conversation.path("title").stringValue();
    topic = conversation.path("topic").asString("");
  }

  void apply(JsonNode event) {
    JsonNode data = event.path("data");
    String type = event.path("type").stringValue();
    switch (type) {
      case "member.joined", "member.changed" ->
          roles.put(data.at("/member/id").stringValue(), data.path("role").stringValue());
      case "member.left" -> roles.remove(data.at("/member/id").stringValue());
      case "conversation.changed" -> {
        settings(data.path("conversation"));
        assertThat(data.at("/conversation/lastSeq")).isEqualTo(event.path("seq"));
      }
      default -> put(data.path("message"));
    }
    memberCount += type.equals("member.joined") ? 1 : type.equals("member.left") ? -1 : 0;
    messageCount += type.equals("message.posted") ? 1 : 0;
    if (type.equals("conversation.changed")) {
      assertThat(data.at("/conversation/members").longValue()).isEqualTo(memberCount);
      assertThat(data.at("/conversation/messages").longValue()).isEqualTo(messageCount);
    }
  }
}
