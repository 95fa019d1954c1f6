package dev.parley.socket.persona;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Outcome;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Json;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.JsonRpc;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One request: who makes it, on which socket, and the functions that it may call. */
final class Visit {
  private static final int PAGE = 100;

  private final Stay stay;
  private final Call call;
  private final Optional<JsonNode> id;

  /**
   * @param id what replies to it bear; empty if there are none
   */
  Visit(Stay stay, Call call, Optional<JsonNode> id) {
    this.stay = stay;
    this.call = call;
    this.id = id;
  }

  Stay stay() {
    return stay;
  }

  String requestId() {
    return call.id();
  }

  Instant now() {
    return stay.around().clock().instant();
  }

  String freshId() {
    return stay.around().ids().next();
  }

  void requireSignedIn() {
    String account = call.caller().id();
    assert !account.isEmpty() : "an account has an id";
  }

  /** The account that asks. */
  String account() {
    return call.caller().id();
  }

  Outcome refused(Refusal refusal) {
    return Dispatcher.refused(call, refusal);
  }

  /** Sends something that belongs to the answer, before it. */
  void say(Object part) {
    id.ifPresent(known ->
        call.connection().say(JsonRpc.result(known, Words.MAPPER.writeValueAsBytes(part))));
  }

  /**
   * Calls a function as whoever asks.
   *
   * @throws Refusal if it refuses
   */
  JsonNode call(String function, Map<String, ?> params) {
    Call inner =
        new Call(
            call.id(),
            call.maybeCaller(),
            call.maybeConnection(),
            call.address(),
            Optional.empty());
    Outcome outcome =
        stay.around().dispatcher().dispatch(inner, function, Json.MAPPER.valueToTree(params));
    inner.replied();
    return switch (outcome) {
      case Outcome.Answered answered -> Json.MAPPER.readTree(answered.result());
      case Outcome.Refused refused ->
          throw new Refusal(
              refused.failure().code(), refused.failure().message(), refused.failure().data());
      case Outcome.Repeated repeated -> throw new IllegalStateException("no idempotency key");
    };
  }

  /** Calls a function; empty if there is no such thing for whoever asks. */
  Optional<JsonNode> find(String function, Map<String, ?> params) {
    try {
      return Optional.of(call(function, params));
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** All items of a list, page by page. */
  List<JsonNode> all(String function, Map<String, ?> params) {
    List<JsonNode> items = new ArrayList<>();
    Map<String, Object> asked = new HashMap<>(params);
    asked.put("limit", PAGE);
    while (true) {
      JsonNode page = call(function, asked);
      page.path("items").forEach(items::add);
      if (!page.has("next")) {
        return items;
      }
      asked.put("cursor", page.path("next").stringValue());
    }
  }

  /** A persona that was named, or the one that this socket talks with. */
  Persona persona(Optional<String> idOrName) {
    return idOrName
        .map(named -> Persona.named(this, named))
        .or(() -> stay.selected().map(Stay.Selected::persona))
        .orElseThrow(() ->
            new InvalidInput(
                "persona_id", "is missing, and no persona is selected: use persona.switch first"));
  }
}
