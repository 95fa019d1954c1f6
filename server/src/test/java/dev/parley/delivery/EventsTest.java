package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.RawSocket;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** What is told, to whom, in which order, and what ends it. */
@OnBothDatabases
class EventsTest {
  @Parameter private Database database;
  private TestServer server;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private static JsonNode subscribe(Socket socket, String room) {
    return socket.call("conversations.subscribe", "{id: '%s'}".formatted(room));
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").stringValue()).toList();
  }

  @Test
  void every_kind_of_act_is_an_event_with_its_own_seq_and_its_data() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = ada.room("Acts");
    try (Socket socket = ada.socket()) {
      subscribe(socket, room);
      bob.join(room);
      String id = bob.post(room, "hello @" + ada.name()).path("id").stringValue();
      bob.call("messages.edit", "{id: '%s', content: 'hello again'}".formatted(id));
      ada.call("messages.react", "{id: '%s', emoji: '👍', on: true}".formatted(id));
      ada.call("messages.react", "{id: '%s', emoji: '👍', on: true}".formatted(id));
      bob.call("messages.delete", "{id: '%s'}".formatted(id));
      ada.call(
          "conversations.setRole",
          "{id: '%s', member: '%s', role: 'moderator'}".formatted(room, bob.id()));
      ada.call("conversations.update", "{id: '%s', title: 'Acts II'}".formatted(room));
      bob.call("conversations.leave", "{id: '%s'}".formatted(room));
      List<JsonNode> events = socket.logged(room, 8);
      assertThat(types(events))
          .containsExactly(
              "member.joined",
              "message.posted",
              "message.edited",
              "message.reacted",
              "message.deleted",
              "member.changed",
              "conversation.changed",
              "member.left");
      assertThat(events.get(0).at("/data/member/id").stringValue()).isEqualTo(bob.id());
      assertThat(events.get(1).at("/data/message/seq").longValue()).isEqualTo(2);
      assertThat(events.get(1).at("/data/message/mentions/0").stringValue()).isEqualTo(ada.id());
      assertThat(events.get(2).at("/data/message/seq").longValue()).isEqualTo(2);
      assertThat(events.get(2).at("/data/message/editedAt").isString()).isTrue();
      assertThat(events.get(3).at("/data/by/id").stringValue()).isEqualTo(ada.id());
      assertThat(events.get(3).at("/data/message/reactions/0/count").intValue()).isEqualTo(1);
      assertThat(events.get(4).at("/data/message/content").stringValue()).isEmpty();
      assertThat(events.get(5).at("/data/role").stringValue()).isEqualTo("moderator");
      assertThat(events.get(6).at("/data/conversation/title").stringValue()).isEqualTo("Acts II");
      assertThat(events.get(6).at("/data/conversation/lastSeq").longValue()).isEqualTo(7);
      assertThat(events.get(6).at("/data/conversation/messages").longValue()).isEqualTo(1);
      assertThat(events.get(7).at("/data/member/id").stringValue()).isEqualTo(bob.id());
    }
  }

  @Test
  void a_deleted_message_is_replayed_as_a_tombstone_everywhere() {
    User ada = server.user("ada");
    String room = ada.room("Secrets");
    String id = ada.post(room, "the secretword").path("id").stringValue();
    ada.call("messages.edit", "{id: '%s', content: 'another secretword'}".formatted(id));
    ada.call("messages.react", "{id: '%s', emoji: 'x', on: true}".formatted(id));
    ada.call("messages.delete", "{id: '%s'}".formatted(id));
    try (Socket socket = ada.socket()) {
      socket.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      List<JsonNode> replayed = socket.logged(room, 4);
      assertThat(types(replayed))
          .containsExactly(
              "message.posted", "message.edited", "message.reacted", "message.deleted");
      assertThat(replayed.toString()).doesNotContain("secretword");
      assertThat(replayed)
          .allSatisfy(event -> assertThat(event.at("/data/message/deletedAt").isString()).isTrue());
    }
  }

  @Test
  void the_own_events_come_without_subscribing() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    try (Socket socket = bob.socket()) {
      String room = ada.room("Private", "private");
      ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, bob.id()));
      assertThat(socket.event("conversation.added").at("/data/conversation").stringValue())
          .isEqualTo(room);
      ada.post(room, "hi @" + bob.name());
      assertThat(socket.event("mention").at("/data/message/conversation").stringValue())
          .isEqualTo(room);
      JsonNode unread = socket.event("unread");
      assertThat(unread.at("/data/count").longValue()).isEqualTo(1);
      assertThat(unread.at("/data/mentions").longValue()).isEqualTo(1);
      ada.call("conversations.remove", "{id: '%s', member: '%s'}".formatted(room, bob.id()));
      assertThat(socket.event("conversation.removed").at("/data/conversation").stringValue())
          .isEqualTo(room);
    }
  }

  @Test
  void typing_ends_by_itself_after_six_seconds() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = ada.room("Typing");
    bob.join(room);
    try (Socket reads = ada.socket();
        Socket writes = bob.socket()) {
      subscribe(reads, room);
      writes.call("typing.set", "{conversation: '%s', on: true}".formatted(room));
      JsonNode began = reads.event("typing");
      assertThat(began.at("/data/on").booleanValue()).isTrue();
      assertThat(began.at("/data/member/id").stringValue()).isEqualTo(bob.id());
      assertThat(began.has("seq")).isFalse();
      server.clock().advance(Duration.ofSeconds(6));
      assertThat(reads.event("typing").at("/data/on").booleanValue()).isFalse();
    }
  }

  @Test
  void presence_is_told_and_shown_in_the_list_of_members() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = ada.room("Presence");
    bob.join(room);
    try (Socket socket = ada.socket()) {
      subscribe(socket, room);
      Socket other = bob.socket();
      assertThat(status(socket, bob)).isEqualTo("online");
      other.call("presence.set", "{status: 'away'}");
      assertThat(status(socket, bob)).isEqualTo("away");
      other.drop();
      assertThat(status(socket, bob)).isEqualTo("offline");
      JsonNode members = ada.call("conversations.members", "{id: '%s'}".formatted(room));
      assertThat(members.path("items").findValuesAsString("status"))
          .containsExactlyInAnyOrder("online", "offline");
    }
  }

  private static String status(Socket socket, User user) {
    return socket
        .event(event ->
            event.path("type").stringValue().equals("presence")
                && event.at("/data/account").stringValue().equals(user.id()))
        .at("/data/status")
        .stringValue();
  }

  @Test
  void replay_joins_the_stream_without_a_seam_and_then_says_so() {
    User ada = server.user("ada");
    String room = ada.room("Seam");
    for (int i = 0; i < 300; i++) {
      ada.post(room, "m" + i);
    }
    try (Socket socket = ada.socket()) {
      JsonNode reply =
          socket.call("conversations.subscribe", "{id: '%s', afterSeq: 100}".formatted(room));
      assertThat(reply.path("recovered").booleanValue()).isTrue();
      List<JsonNode> events = socket.logged(room, 300);
      assertThat(events)
          .extracting(event -> event.path("seq").longValue())
          .containsExactlyElementsOf(LongStream.rangeClosed(101, 300).boxed().toList());
      assertThat(socket.event("caughtUp").at("/data/seq").longValue()).isEqualTo(300);
      ada.post(room, "live");
      assertThat(socket.logged(room, 301)).hasSize(1);
    }
  }

  @Test
  void what_cannot_be_recovered_is_said_and_nothing_is_replayed() {
    User ada = server.user("ada");
    String room = ada.room("Epochs");
    ada.post(room, "one");
    try (Socket socket = ada.socket()) {
      for (String from : List.of("afterSeq: 0, epoch: 'another'", "afterSeq: 5")) {
        JsonNode reply =
            socket.call("conversations.subscribe", "{id: '%s', %s}".formatted(room, from));
        assertThat(reply.path("recovered").booleanValue()).isFalse();
        assertThat(reply.path("seq").longValue()).isEqualTo(1);
      }
      assertThat(types(socket.eventsSoFar())).doesNotContain("message.posted", "caughtUp");
      ada.post(room, "two");
      assertThat(socket.logged(room, 2)).hasSize(1);
    }
  }

  @Test
  void whoever_may_no_longer_read_loses_the_stream_at_once() {
    User ada = server.user("ada");
    List<String> ends = new ArrayList<>();
    for (String end : List.of("leave", "remove", "ban", "private")) {
      User bob = server.user("bob");
      boolean open = end.equals("private") || end.equals("ban");
      String room = ada.room("Ends", open ? "public" : "private");
      if (!open) {
        ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, bob.id()));
      }
      try (Socket socket = bob.socket()) {
        subscribe(socket, room);
        String member = "{id: '%s', member: '%s'}".formatted(room, bob.id());
        switch (end) {
          case "leave" -> bob.call("conversations.leave", "{id: '%s'}".formatted(room));
          case "remove" -> ada.call("conversations.remove", member);
          case "ban" -> ada.call("conversations.ban", member);
          default ->
              ada.call("conversations.update", "{id: '%s', visibility: 'private'}".formatted(room));
        }
        ada.post(room, "not for bob");
        socket.call("system.ping", "{}");
        assertThat(socket.eventsSoFar().toString()).as(end).doesNotContain("not for bob");
        assertThat(
                socket
                    .refused("conversations.subscribe", "{id: '%s'}".formatted(room))
                    .path("code")
                    .intValue())
            .isIn(-32003, -32002);
        ends.add(end);
      }
    }
    assertThat(ends).hasSize(4);
  }

  @Test
  void a_reader_that_stops_reading_for_a_while_misses_nothing_and_holds_up_nobody() {
    User ada = server.user("ada");
    String room = ada.room("Lag");
    try (RawSocket lagging = RawSocket.narrow(server, ada);
        Socket quick = ada.socket()) {
      lagging.call(1, "conversations.subscribe", "{id: '%s'}".formatted(room));
      lagging.reply(1);
      subscribe(quick, room);
      for (int i = 0; i < 400; i++) {
        ada.post(room, i + " " + "x".repeat(10_000));
      }
      List<JsonNode> seen = quick.logged(room, 400);
      assertThat(seen).hasSize(400);
      List<JsonNode> late = new ArrayList<>();
      while (late.size() < 400) {
        JsonNode frame = lagging.next(RawSocket.TEXT).json();
        (frame.isArray() ? frame : List.of(frame))
            .forEach(one -> {
              if (one.at("/params/seq").isNumber()) {
                late.add(one.path("params"));
              }
            });
      }
      assertThat(late).isEqualTo(seen);
    }
  }

  @Test
  void nobody_hears_of_a_room_after_the_last_reader_has_gone_and_the_next_one_hears_all() {
    User ada = server.user("ada");
    String room = ada.room("Come and go");
    for (int i = 1; i <= 20; i++) {
      try (Socket socket = ada.socket()) {
        subscribe(socket, room);
        long seq = ada.post(room, "m").path("seq").longValue();
        assertThat(socket.logged(room, seq)).hasSize(1);
      }
    }
  }
}
