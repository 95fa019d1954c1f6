package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Outcome;
import dev.parley.calls.Permission;
import dev.parley.calls.Role;
import dev.parley.functions.Json;
import dev.parley.wire.Actor;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Guide, in a room of Ada's, does for Ada what Ada may, and for Bob what Bob may. */
class PersonaRightsTest {
  @AutoClose private final Parley parley;
  private final Actor ada;
  private final Actor bob;
  private final Actor guide;
  private String room = "";

  PersonaRightsTest(@TempDir Path folder) {
    Map<String, String> settings =
        Map.of("PARLEY_DATA", folder.toString(), "PARLEY_PORT", "0", "METRICS_PORT", "0");
    parley = new Parley(Configuration.of(settings), InstantSource.system());
    ada = account("ada");
    bob = account("bob");
    guide = actor(answer(person(ada), "personas.list", "{}").at("/items/0"), Actor.Kind.PERSONA);
  }

  @BeforeEach
  void ada_has_a_room_with_a_persona() {
    room =
        answer(person(ada), "conversations.create", "{\"kind\":\"room\",\"title\":\"Ours\"}")
            .at("/conversation/id")
            .stringValue();
    answer(person(ada), "conversations.invite", inRoom("account", guide.id()));
  }

  @Test
  void a_persona_sees_no_more_history_than_whoever_addressed_it_and_each_version_names_both() {
    answer(person(ada), "conversations.update", inRoom("visibility", "private"));
    letGuideModerate();

    assertThat(outcome(acting(bob), "history.list", "{\"id\":\"" + room + "\"}"))
        .isInstanceOf(Outcome.Refused.class);
    answer(acting(ada), "conversations.update", inRoom("title", "Still ours"));
    JsonNode newest =
        answer(acting(ada), "history.list", "{\"id\":\"" + room + "\"}").at("/items/0");
    assertThat(newest.at("/by/id").stringValue()).isEqualTo(guide.id());
    assertThat(newest.at("/onBehalfOf/id").stringValue()).isEqualTo(ada.id());
  }

  @Test
  void a_persona_speaks_only_where_whoever_addressed_it_may_speak() {
    String post = "{\"conversation\":\"" + room + "\",\"content\":\"Hear, hear\"}";

    answer(acting(ada), "messages.post", post);
    assertThat(outcome(acting(bob), "messages.post", post)).isInstanceOf(Outcome.Refused.class);
    answer(person(bob), "conversations.join", "{\"id\":\"" + room + "\"}");
    answer(acting(bob), "messages.post", post);
    answer(
        person(ada),
        "conversations.mute",
        "{\"id\":\"" + room + "\",\"member\":\"" + bob.id() + "\",\"seconds\":300}");
    assertThat(outcome(acting(bob), "messages.post", post).toString()).contains("muted until");
  }

  @Test
  void a_persona_that_moderates_does_so_for_moderators_alone() {
    answer(person(bob), "conversations.join", "{\"id\":\"" + room + "\"}");
    letGuideModerate();

    assertThat(outcome(acting(bob), "conversations.update", inRoom("topic", "x")))
        .isInstanceOf(Outcome.Refused.class);
    answer(acting(ada), "conversations.update", inRoom("topic", "tea"));
    String message =
        answer(
                person(ada),
                "messages.post",
                "{\"conversation\":\"" + room + "\",\"content\":\"hello\"}")
            .at("/message/id")
            .stringValue();
    String deleted = "{\"id\":\"" + message + "\"}";
    assertThat(outcome(acting(bob), "messages.delete", deleted))
        .isInstanceOf(Outcome.Refused.class);
    answer(acting(ada), "messages.delete", deleted);
  }

  private void letGuideModerate() {
    answer(
        person(ada),
        "conversations.setRole",
        "{\"id\":\"" + room + "\",\"member\":\"" + guide.id() + "\",\"role\":\"moderator\"}");
  }

  private String inRoom(String name, String value) {
    return "{\"id\":\"" + room + "\",\"" + name + "\":\"" + value + "\"}";
  }

  private Actor account(String name) {
    String params = "{\"name\":\"" + name + "\",\"password\":\"correct horse\"}";
    return actor(
        answer(Optional.empty(), "accounts.register", params).path("account"), Actor.Kind.ACCOUNT);
  }

  private static Actor actor(JsonNode shown, Actor.Kind kind) {
    return new Actor(
        kind, shown.path("id").stringValue(), shown.path("name").stringValue(), Optional.empty());
  }

  private static Optional<Caller> person(Actor actor) {
    return caller(actor, Optional.empty());
  }

  private Optional<Caller> acting(Actor onBehalfOf) {
    return caller(guide, Optional.of(onBehalfOf));
  }

  private static Optional<Caller> caller(Actor actor, Optional<Actor> onBehalfOf) {
    return Optional.of(
        new Caller(
            actor,
            Role.MEMBER,
            EnumSet.of(Permission.READ, Permission.WRITE),
            "test",
            Optional.empty(),
            onBehalfOf));
  }

  private JsonNode answer(Optional<Caller> caller, String function, String params) {
    Outcome outcome = outcome(caller, function, params);
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return Json.MAPPER.readTree(((Outcome.Answered) outcome).result());
  }

  private Outcome outcome(Optional<Caller> caller, String function, String params) {
    Call call =
        new Call(
            "test-" + function,
            caller,
            Optional.empty(),
            InetAddress.getLoopbackAddress(),
            Optional.empty());
    return parley.dispatcher().dispatch(call, function, Json.MAPPER.readTree(params));
  }
}
