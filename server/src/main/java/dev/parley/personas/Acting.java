package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Offered;
import dev.parley.calls.Outcome;
import dev.parley.calls.Permission;
import dev.parley.calls.Role;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Acts as a persona on behalf of whoever asked: with what both of them may. */
final class Acting {
  private final Dispatcher dispatcher;
  private final Ids ids;

  Acting(Dispatcher dispatcher, Ids ids) {
    this.dispatcher = dispatcher;
    this.ids = ids;
  }

  /** A call of its own, for what is read and posted. */
  Call call(Asked asked) {
    return call(caller(asked));
  }

  private Call call(Caller caller) {
    return new Call(
        ids.next(),
        Optional.of(caller),
        Optional.empty(),
        InetAddress.getLoopbackAddress(),
        Optional.empty());
  }

  /** A persona reads and writes as a member; whoever addressed it could do both, as they did. */
  private static Caller caller(Asked asked) {
    return new Caller(
        asked.actor(),
        Role.MEMBER,
        EnumSet.of(Permission.READ, Permission.WRITE),
        "persona",
        Optional.empty(),
        Optional.of(asked.asker()));
  }

  /** Posts the answer. It bears the id of what it answers, so it comes exactly once. */
  void post(Asked asked, String answer) {
    ObjectNode params =
        Json.MAPPER
            .createObjectNode()
            .put("conversation", asked.conversation())
            .put("content", answer)
            .put("replyTo", asked.message().id())
            .put("clientId", "re:" + asked.message().id());
    JsonNode posted = call(asked, "messages.post", params);
    assert posted.has("message") : "a post answers with the message";
  }

  /** Takes a persona out of a room, by itself. */
  void leave(Actor persona, String room) {
    Caller itself =
        new Caller(
            persona,
            Role.MEMBER,
            EnumSet.of(Permission.READ, Permission.WRITE),
            "persona",
            Optional.empty(),
            Optional.empty());
    var unused =
        run(call(itself), "conversations.leave", Json.MAPPER.createObjectNode().put("id", room));
  }

  private JsonNode call(Asked asked, String function, ObjectNode params) {
    return run(call(asked), function, params);
  }

  private JsonNode run(Call call, String function, ObjectNode params) {
    return switch (dispatcher.dispatch(call, function, params)) {
      case Outcome.Answered answered -> Json.MAPPER.readTree(answered.result());
      case Outcome.Refused refused ->
          throw new Refusal(
              refused.failure().code(), refused.failure().message(), refused.failure().data());
      case Outcome.Repeated repeated -> throw Refusal.conflict("done already");
    };
  }

  /** What a brain may do for a question: what the persona is allowed, or all that only reads. */
  Brain.Hands hands(Asked asked, PersonaSettings character) {
    return new Brain.Hands() {
      @Override
      public List<String> functions() {
        return dispatcher.registry().all().stream()
            .filter(function -> isAllowed(character, function))
            .map(Registered::name)
            .toList();
      }

      @Override
      public JsonNode call(String function, ObjectNode params) {
        if (dispatcher
            .registry()
            .find(function)
            .filter(known -> isAllowed(character, known))
            .isEmpty()) {
          throw Refusal.forbidden(character.name() + " may not call " + Json.shown(function));
        }
        return Acting.this.call(asked, function, params);
      }
    };
  }

  private static boolean isAllowed(PersonaSettings character, Registered<Call> function) {
    return character.functions().isEmpty()
        ? function.function().readOnly()
            && function.function().attribute(Offered.Tool.class).isPresent()
        : character.functions().contains(function.name());
  }
}
