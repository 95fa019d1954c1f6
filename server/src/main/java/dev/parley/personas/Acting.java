package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Offered;
import dev.parley.calls.Outcome;
import dev.parley.calls.Permission;
import dev.parley.calls.Replays;
import dev.parley.calls.Role;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.personas.errand.Doing;
import dev.parley.store.Change;
import dev.parley.wire.Actor;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Acts as a persona on behalf of whoever asked: with what both of them may. */
final class Acting {
  private final Dispatcher dispatcher;
  private final Ids ids;
  private final Replays replays;

  Acting(Dispatcher dispatcher, Ids ids, Replays replays) {
    this.dispatcher = dispatcher;
    this.ids = ids;
    this.replays = replays;
  }

  /** A call of its own, for what is read and posted. */
  Call call(Asked asked) {
    return call(caller(asked), Optional.empty());
  }

  private Call call(Caller caller, Optional<Change.Idempotency> key) {
    return new Call(
        ids.next(), Optional.of(caller), Optional.empty(), InetAddress.getLoopbackAddress(), key);
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
        run(
            call(itself, Optional.empty()),
            "conversations.leave",
            Json.MAPPER.createObjectNode().put("id", room));
  }

  private JsonNode call(Asked asked, String function, ObjectNode params) {
    return run(call(asked), function, params);
  }

  private JsonNode run(Call call, String function, ObjectNode params) {
    return Json.MAPPER.readTree(result(call, function, params));
  }

  private byte[] result(Call call, String function, ObjectNode params) {
    return switch (dispatcher.dispatch(call, function, params)) {
      case Outcome.Answered answered -> answered.result();
      case Outcome.Refused refused ->
          throw new Refusal(
              refused.failure().code(), refused.failure().message(), refused.failure().data());
      case Outcome.Repeated repeated -> throw doneAlready();
    };
  }

  private static Refusal doneAlready() {
    return new Refusal(ErrorCode.CONFLICT, "That was done already", Map.of(Doing.REPEATED, true));
  }

  /** Looks first for what it answered before: it might find its own first work in its way. */
  private JsonNode once(Asked asked, String key, String function, ObjectNode params) {
    Change.Idempotency claim =
        Replays.key(asked.persona().id(), "persona " + key, function, params);
    return Json.MAPPER.readTree(
        answerOf(claim)
            .orElseGet(() -> {
              byte[] result = result(call(caller(asked), Optional.of(claim)), function, params);
              replays.keep(claim, result);
              return result;
            }));
  }

  private Optional<byte[]> answerOf(Change.Idempotency claim) {
    try {
      return replays.answerOf(claim);
    } catch (Refusal notKnown) {
      throw doneAlready();
    }
  }

  /** What a brain may do for a question: what the persona is allowed, or all that only reads. */
  Brain.Hands hands(Asked asked, PersonaSettings character) {
    return new ForAQuestion(asked, character);
  }

  private final class ForAQuestion implements Brain.Hands {
    private final Asked asked;
    private final PersonaSettings character;
    private int changes;

    ForAQuestion(Asked asked, PersonaSettings character) {
      this.asked = asked;
      this.character = character;
    }

    private Stream<Registered<Call>> allowed() {
      return dispatcher.registry().all().stream()
          .filter(function -> isAllowed(character, function));
    }

    @Override
    public List<String> functions() {
      return allowed().map(Registered::name).toList();
    }

    @Override
    public List<Registered<Call>> errands() {
      return allowed().filter(function -> !function.function().readOnly()).toList();
    }

    @Override
    public JsonNode call(String function, ObjectNode params) {
      if (require(function).function().readOnly()) {
        return Acting.this.call(asked, function, params);
      }
      changes++;
      return once(asked.message().id() + " " + changes, function, params);
    }

    @Override
    public JsonNode once(String key, String function, ObjectNode params) {
      return Acting.this.once(asked, key, require(function).name(), params);
    }

    private Registered<Call> require(String function) {
      return dispatcher
          .registry()
          .find(function)
          .filter(known -> isAllowed(character, known))
          .orElseThrow(
              () -> Refusal.forbidden(character.name() + " may not call " + Json.shown(function)));
    }
  }

  private static boolean isAllowed(PersonaSettings character, Registered<Call> function) {
    return character.functions().isEmpty()
        ? function.function().readOnly()
            && function.function().attribute(Offered.Tool.class).isPresent()
        : character.functions().contains(function.name());
  }
}
