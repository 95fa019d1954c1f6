package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class RightsTest {
  @Parameter private Database database;
  private TestServer server;
  private User moderator;
  private User member;
  private User stranger;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    moderator = server.user("moderator");
    member = server.user("member");
    stranger = server.user("stranger");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private static int status(User who, String function, String params) {
    return who.tryCall(function, params).status();
  }

  private String privateRoom() {
    String room = moderator.room("Private", "private");
    moderator.call(
        "conversations.invite", "{id: '%s', account: '%s'}".formatted(room, member.id()));
    return room;
  }

  @Test
  void a_private_room_does_not_exist_for_strangers() {
    String room = privateRoom();
    String message = member.post(room, "between us").path("id").stringValue();
    for (String function :
        List.of(
            "conversations.get",
            "conversations.join",
            "conversations.leave",
            "conversations.members")) {
      assertThat(status(stranger, function, "{id: '%s'}".formatted(room)))
          .as(function)
          .isEqualTo(404);
    }
    assertThat(status(stranger, "messages.list", "{conversation: '%s'}".formatted(room)))
        .isEqualTo(404);
    assertThat(
            status(
                stranger,
                "messages.post",
                "{conversation: '%s', content: 'let me in'}".formatted(room)))
        .isEqualTo(404);
    for (String function : List.of("messages.get", "messages.delete")) {
      assertThat(status(stranger, function, "{id: '%s'}".formatted(message))).isEqualTo(404);
    }
    assertThat(status(stranger, "messages.edit", "{id: '%s', content: 'mine'}".formatted(message)))
        .isEqualTo(404);
    try (Socket socket = stranger.socket()) {
      assertThat(
              socket
                  .refused("conversations.subscribe", "{id: '%s'}".formatted(room))
                  .path("code")
                  .intValue())
          .isEqualTo(-32003);
    }
    assertThat(stranger.call("conversations.list", "{}").toString()).doesNotContain(room);
  }

  @Test
  void a_public_room_is_read_by_anybody_and_written_by_members() {
    String room = moderator.room("Public");
    String message = moderator.post(room, "welcome").path("id").stringValue();
    stranger.call("messages.list", "{conversation: '%s'}".formatted(room));
    assertThat(
            status(
                stranger, "messages.post", "{conversation: '%s', content: 'hi'}".formatted(room)))
        .isEqualTo(403);
    assertThat(
            status(
                stranger, "messages.react", "{id: '%s', emoji: 'x', on: true}".formatted(message)))
        .isEqualTo(403);
    stranger.join(room);
    stranger.post(room, "hi");
  }

  @Test
  void only_moderators_moderate_and_only_senders_edit() {
    String room = privateRoom();
    String message = moderator.post(room, "mine").path("id").stringValue();
    String whom = "{id: '%s', member: '%s'}".formatted(room, moderator.id());
    assertThat(status(member, "conversations.remove", whom)).isEqualTo(403);
    assertThat(status(member, "conversations.ban", whom)).isEqualTo(403);
    assertThat(status(member, "conversations.update", "{id: '%s', title: 'x'}".formatted(room)))
        .isEqualTo(403);
    assertThat(status(member, "messages.edit", "{id: '%s', content: 'x'}".formatted(message)))
        .isEqualTo(403);
    assertThat(status(member, "messages.delete", "{id: '%s'}".formatted(message))).isEqualTo(403);
    String other = member.post(room, "delete me").path("id").stringValue();
    moderator.call("messages.delete", "{id: '%s'}".formatted(other));
  }

  @Test
  void a_muted_member_reads_but_does_not_speak_until_it_is_over() {
    String room = privateRoom();
    moderator.call(
        "conversations.mute", "{id: '%s', member: '%s', seconds: 60}".formatted(room, member.id()));
    String post = "{conversation: '%s', content: 'hm'}".formatted(room);
    assertThat(status(member, "messages.post", post)).isEqualTo(403);
    member.call("messages.list", "{conversation: '%s'}".formatted(room));
    server.clock().advance(java.time.Duration.ofSeconds(61));
    member.call("messages.post", post);
  }

  @Test
  void whoever_is_removed_or_banned_loses_the_stream_at_once_and_hears_of_it() {
    for (String way : List.of("conversations.remove", "conversations.ban")) {
      String room = privateRoom();
      try (Socket socket = member.socket()) {
        socket.call("conversations.subscribe", "{id: '%s'}".formatted(room));
        moderator.post(room, "you still hear this");
        socket.event("message.posted");
        moderator.call(way, "{id: '%s', member: '%s'}".formatted(room, member.id()));
        assertThat(socket.event("conversation.removed").at("/data/conversation").stringValue())
            .isEqualTo(room);
        moderator.post(room, "but not this");
        String elsewhere = moderator.room("Elsewhere");
        member.join(elsewhere);
        socket.call("conversations.subscribe", "{id: '%s'}".formatted(elsewhere));
        moderator.post(elsewhere, "a later word");
        assertThat(socket.event("message.posted").at("/data/message/content").stringValue())
            .isEqualTo("a later word");
      }
      assertThat(status(member, "messages.list", "{conversation: '%s'}".formatted(room)))
          .isEqualTo(404);
    }
  }

  @Test
  void a_room_made_private_goes_on_for_members_only() {
    String room = moderator.room("Soon private");
    member.join(room);
    try (Socket in = member.socket();
        Socket out = stranger.socket()) {
      in.call("conversations.subscribe", "{id: '%s'}".formatted(room));
      out.call("conversations.subscribe", "{id: '%s'}".formatted(room));
      moderator.call("conversations.update", "{id: '%s', visibility: 'private'}".formatted(room));
      moderator.post(room, "among us");
      assertThat(in.event("message.posted").at("/data/message/content").stringValue())
          .isEqualTo("among us");
      assertThat(out.call("system.ping", "{}").has("at")).isTrue();
      assertThat(out.eventsSoFar())
          .noneMatch(event -> event.path("type").stringValue().equals("message.posted"));
    }
  }

  @Test
  void a_banned_account_neither_reads_nor_comes_back_until_the_ban_is_lifted() {
    String room = moderator.room("Banned");
    member.join(room);
    String whom = "{id: '%s', member: '%s'}".formatted(room, member.id());
    moderator.call("conversations.ban", whom);
    assertThat(rooms(member)).doesNotContain(room);
    assertThat(status(member, "conversations.join", "{id: '%s'}".formatted(room))).isEqualTo(404);
    assertThat(status(member, "messages.list", "{conversation: '%s'}".formatted(room)))
        .isEqualTo(404);
    try (Socket socket = member.socket()) {
      JsonNode refused = socket.refused("conversations.subscribe", "{id: '%s'}".formatted(room));
      assertThat(refused.path("code").intValue()).isEqualTo(-32003);
    }
    moderator.call(
        "conversations.ban", "{id: '%s', member: '%s', on: false}".formatted(room, member.id()));
    assertThat(rooms(member)).contains(room);
    member.join(room);
  }

  /** Those that somebody is shown, with or without a page between. */
  private static List<String> rooms(User user) {
    List<String> all = new ArrayList<>();
    for (Optional<String> cursor = Optional.of(""); cursor.isPresent(); ) {
      JsonNode page =
          user.call(
              "conversations.list",
              cursor.get().isEmpty() ? "{}" : "{cursor: '%s'}".formatted(cursor.get()));
      page.path("items").forEach(item -> all.add(item.path("id").stringValue()));
      cursor = page.path("next").stringValueOpt();
    }
    return all;
  }

  @Test
  void an_archived_room_is_read_only() {
    String room = privateRoom();
    moderator.call("conversations.update", "{id: '%s', archived: true}".formatted(room));
    assertThat(
            status(
                member, "messages.post", "{conversation: '%s', content: 'late'}".formatted(room)))
        .isEqualTo(403);
    member.call("messages.list", "{conversation: '%s'}".formatted(room));
  }

  @Test
  void a_direct_conversation_is_one_for_two_and_closed_to_others() {
    String create = "{kind: 'direct', with: '%s'}";
    String one =
        moderator
            .call("conversations.create", create.formatted(member.id()))
            .at("/conversation/id")
            .stringValue();
    String other =
        member
            .call("conversations.create", create.formatted(moderator.id()))
            .at("/conversation/id")
            .stringValue();
    assertThat(other).isEqualTo(one);
    assertThat(status(stranger, "conversations.get", "{id: '%s'}".formatted(one))).isEqualTo(404);
    assertThat(
            status(
                member,
                "conversations.invite",
                "{id: '%s', account: '%s'}".formatted(one, stranger.id())))
        .isEqualTo(403);
    assertThat(status(member, "conversations.create", create.formatted(member.id())))
        .isEqualTo(400);
  }
}
