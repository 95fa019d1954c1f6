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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PersonaRightsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void a_persona_sees_no_more_history_than_whoever_addressed_it_and_each_version_names_both() {
    Map<String, String> settings =
        Map.of("PARLEY_DATA", folder.toString(), "PARLEY_PORT", "0", "METRICS_PORT", "0");
    try (Parley parley = new Parley(Configuration.of(settings), InstantSource.system())) {
      Actor ada = account(parley, "ada");
      Actor bob = account(parley, "bob");
      Actor guide =
          actor(answer(parley, person(ada), "personas.list", "{}").at("/items/0"), "persona");
      String room =
          answer(
                  parley,
                  person(ada),
                  "conversations.create",
                  "{\"kind\":\"room\",\"title\":\"Ours\",\"visibility\":\"private\"}")
              .at("/conversation/id")
              .stringValue();
      String id = "{\"id\":\"" + room + "\"";
      answer(
          parley, person(ada), "conversations.invite", id + ",\"account\":\"" + guide.id() + "\"}");
      answer(
          parley,
          person(ada),
          "conversations.setRole",
          id + ",\"member\":\"" + guide.id() + "\",\"role\":\"moderator\"}");

      assertThat(outcome(parley, acting(guide, bob), "history.list", id + "}"))
          .isInstanceOf(Outcome.Refused.class);
      answer(parley, acting(guide, ada), "conversations.update", id + ",\"title\":\"Still ours\"}");
      JsonNode newest = answer(parley, acting(guide, ada), "history.list", id + "}").at("/items/0");
      assertThat(newest.at("/by/id").stringValue()).isEqualTo(guide.id());
      assertThat(newest.at("/onBehalfOf/id").stringValue()).isEqualTo(ada.id());
    }
  }

  @Test
  void a_persona_speaks_only_where_whoever_addressed_it_may_speak() {
    Map<String, String> settings =
        Map.of("PARLEY_DATA", folder.toString(), "PARLEY_PORT", "0", "METRICS_PORT", "0");
    try (Parley parley = new Parley(Configuration.of(settings), InstantSource.system())) {
      Actor ada = account(parley, "ada");
      Actor bob = account(parley, "bob");
      Actor guide =
          actor(answer(parley, person(ada), "personas.list", "{}").at("/items/0"), "persona");
      String room =
          answer(
                  parley,
                  person(ada),
                  "conversations.create",
                  "{\"kind\":\"room\",\"title\":\"Open\"}")
              .at("/conversation/id")
              .stringValue();
      String id = "{\"id\":\"" + room + "\"";
      answer(
          parley, person(ada), "conversations.invite", id + ",\"account\":\"" + guide.id() + "\"}");
      String post = "{\"conversation\":\"" + room + "\",\"content\":\"Hear, hear\"}";

      answer(parley, acting(guide, ada), "messages.post", post);
      assertThat(outcome(parley, acting(guide, bob), "messages.post", post))
          .isInstanceOf(Outcome.Refused.class);
      answer(parley, person(bob), "conversations.join", id + "}");
      answer(parley, acting(guide, bob), "messages.post", post);
      String minutes = id + ",\"member\":\"" + bob.id() + "\",\"seconds\":300}";
      answer(parley, person(ada), "conversations.mute", minutes);
      assertThat(outcome(parley, acting(guide, bob), "messages.post", post).toString())
          .contains("muted until");
    }
  }

  @Test
  void a_persona_that_moderates_does_so_for_moderators_alone() {
    Map<String, String> settings =
        Map.of("PARLEY_DATA", folder.toString(), "PARLEY_PORT", "0", "METRICS_PORT", "0");
    try (Parley parley = new Parley(Configuration.of(settings), InstantSource.system())) {
      Actor ada = account(parley, "ada");
      Actor bob = account(parley, "bob");
      Actor guide =
          actor(answer(parley, person(ada), "personas.list", "{}").at("/items/0"), "persona");
      String room =
          answer(
                  parley,
                  person(ada),
                  "conversations.create",
                  "{\"kind\":\"room\",\"title\":\"Open\"}")
              .at("/conversation/id")
              .stringValue();
      String id = "{\"id\":\"" + room + "\"";
      answer(parley, person(bob), "conversations.join", id + "}");
      answer(
          parley, person(ada), "conversations.invite", id + ",\"account\":\"" + guide.id() + "\"}");
      String role = id + ",\"member\":\"" + guide.id() + "\",\"role\":\"moderator\"}";
      answer(parley, person(ada), "conversations.setRole", role);

      assertThat(
              outcome(parley, acting(guide, bob), "conversations.update", id + ",\"topic\":\"x\"}"))
          .isInstanceOf(Outcome.Refused.class);
      answer(parley, acting(guide, ada), "conversations.update", id + ",\"topic\":\"tea\"}");
      String message =
          answer(
                  parley,
                  person(ada),
                  "messages.post",
                  "{\"conversation\":\"" + room + "\",\"content\":\"hello\"}")
              .at("/message/id")
              .stringValue();
      String deleted = "{\"id\":\"" + message + "\"}";
      assertThat(outcome(parley, acting(guide, bob), "messages.delete", deleted))
          .isInstanceOf(Outcome.Refused.class);
      answer(parley, acting(guide, ada), "messages.delete", deleted);
    }
  }

  private static Actor account(Parley parley, String name) {
    String params = "{\"name\":\"" + name + "\",\"password\":\"correct horse\"}";
    return actor(
        Json.MAPPER
            .readTree(answered(outcome(parley, Optional.empty(), "accounts.register", params)))
            .path("account"),
        "account");
  }

  private static Actor actor(JsonNode shown, String kind) {
    return new Actor(
        Actor.Kind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)),
        shown.path("id").stringValue(),
        shown.path("name").stringValue(),
        Optional.empty());
  }

  private static Optional<Caller> person(Actor actor) {
    return caller(actor, Optional.empty());
  }

  private static Optional<Caller> acting(Actor persona, Actor onBehalfOf) {
    return caller(persona, Optional.of(onBehalfOf));
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

  private static JsonNode answer(
      Parley parley, Optional<Caller> caller, String function, String params) {
    return Json.MAPPER.readTree(answered(outcome(parley, caller, function, params)));
  }

  private static byte[] answered(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return ((Outcome.Answered) outcome).result();
  }

  private static Outcome outcome(
      Parley parley, Optional<Caller> caller, String function, String params) {
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
