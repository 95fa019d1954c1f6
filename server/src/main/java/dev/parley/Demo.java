package dev.parley;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Outcome;
import dev.parley.calls.Role;
import dev.parley.functions.Json;
import dev.parley.wire.Actor;
import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Something to look at: a project, rooms, people and a history, made by calls like anybody's. */
final class Demo {
  private static final String PASSWORD = "parley-demo";

  private final Dispatcher dispatcher;

  Demo(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** Somebody of the demo. */
  private record Person(Actor actor, Caller caller) {}

  /**
   * Fills an empty database.
   *
   * @return what to tell the newcomer
   */
  Optional<String> fill() {
    if (!isNew()) {
      return Optional.empty();
    }
    Person ada = person("ada", "Ada Lovelace");
    Person grace = person("grace", "Grace Hopper");
    Person linus = person("linus", "Linus");
    String guide = call(ada, "personas.list", object()).at("/items/0/id").stringValue();
    String project =
        create(
            ada,
            "projects.create",
            object()
                .put("name", "Analytical Engine")
                .put("description", "Everything about the machine"),
            "project");
    engineRoom(ada, grace, linus, guide, project);
    lobby(ada, grace, linus, guide);
    direct(ada, grace);
    return Optional.of("sign in as ada, grace or linus with the password " + PASSWORD);
  }

  private boolean isNew() {
    ObjectNode params = object().put("name", "ada").put("password", PASSWORD);
    return outcome(Optional.empty(), "sessions.open", params) instanceof Outcome.Refused;
  }

  private Person person(String name, String displayName) {
    ObjectNode params =
        object().put("name", name).put("password", PASSWORD).put("displayName", displayName);
    Outcome outcome = outcome(Optional.empty(), "accounts.register", params);
    if (outcome instanceof Outcome.Refused refused) {
      throw new Configuration.Wrong(
          "--demo wants an empty database and PARLEY_REGISTRATION=open, as everybody knows the"
              + " password of its people: "
              + refused.failure().message());
    }
    String id = answer(outcome).at("/account/id").stringValue();
    Actor actor = new Actor(Actor.Kind.ACCOUNT, id, name, Optional.of(displayName));
    Caller caller =
        new Caller(
            actor,
            Role.MEMBER,
            Role.MEMBER.permissions(),
            "demo",
            Optional.empty(),
            Optional.empty());
    return new Person(actor, caller);
  }

  private void engineRoom(Person ada, Person grace, Person linus, String guide, String project) {
    String room =
        create(
            ada,
            "conversations.create",
            object()
                .put("kind", "room")
                .put("title", "Engine room")
                .put("topic", "Cards, cogs and carry")
                .put("project", project),
            "conversation");
    join(grace, room);
    join(linus, room);
    invite(ada, room, guide);
    post(ada, room, "Good morning! The carriage of tens works at last.");
    JsonNode question = post(grace, room, "Wonderful. Did you find out why it jammed?");
    reply(ada, room, question, "A moth, would you believe it, right between two wheels.");
    JsonNode moth = post(grace, room, "I will tape it into the log book. First actual bug.");
    react(ada, moth, "😂");
    react(linus, moth, "🐛");
    post(linus, room, "Show me the *code*, not the moth. Where do we keep the patches?");
    post(ada, room, "On the shelf beside the door, by date. `note-g` is the newest.");
    JsonNode plan = post(grace, room, "Plan for today: new cards, then a full run at four.");
    react(ada, plan, "👍");
    react(linus, plan, "👍");
    post(linus, room, "@ada I will be there at four. Somebody bring tea.");
  }

  private void lobby(Person ada, Person grace, Person linus, String guide) {
    String room =
        create(
            grace,
            "conversations.create",
            object().put("kind", "room").put("title", "Lobby").put("topic", "Say hello"),
            "conversation");
    join(ada, room);
    join(linus, room);
    invite(grace, room, guide);
    post(grace, room, "Welcome, everybody. This room is for whatever fits nowhere else.");
    post(linus, room, "Hello! Is that guide a real person?");
    post(linus, room, "@guide what are you?");
  }

  private void direct(Person ada, Person grace) {
    String id =
        create(
            grace,
            "conversations.create",
            object().put("kind", "direct").put("with", ada.actor().id()),
            "conversation");
    post(grace, id, "Ada, may I borrow your notes on Bernoulli numbers?");
    post(ada, id, "Of course. They are on your desk.");
    post(grace, id, "You are the best. Lunch at noon?");
  }

  private void join(Person who, String room) {
    call(who, "conversations.join", object().put("id", room));
  }

  private void invite(Person who, String room, String whom) {
    call(who, "conversations.invite", object().put("id", room).put("account", whom));
  }

  private JsonNode post(Person who, String room, String content) {
    return call(who, "messages.post", object().put("conversation", room).put("content", content))
        .path("message");
  }

  private void reply(Person who, String room, JsonNode to, String content) {
    call(
        who,
        "messages.post",
        object()
            .put("conversation", room)
            .put("content", content)
            .put("replyTo", to.path("id").stringValue()));
  }

  private void react(Person who, JsonNode message, String emoji) {
    call(
        who,
        "messages.react",
        object().put("id", message.path("id").stringValue()).put("emoji", emoji).put("on", true));
  }

  private String create(Person who, String function, ObjectNode params, String what) {
    return call(who, function, params).path(what).path("id").stringValue();
  }

  private JsonNode call(Person who, String function, ObjectNode params) {
    return answer(outcome(Optional.of(who.caller()), function, params));
  }

  private static JsonNode answer(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      return Json.MAPPER.readTree(answered.result());
    }
    throw new IllegalStateException("the demo could not be made: " + outcome);
  }

  private Outcome outcome(Optional<Caller> caller, String function, ObjectNode params) {
    Call call =
        new Call(
            "demo-" + UUID.randomUUID(),
            caller,
            Optional.empty(),
            InetAddress.getLoopbackAddress(),
            Optional.empty());
    return dispatcher.dispatch(call, function, params);
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
