package dev.parley.socket;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be spoken at a path: the client chooses by the subprotocols that it offers.
 *
 * @param named by subprotocol
 * @param otherwise what is spoken with a client that offers none of them; empty if it must
 */
public record Dialects(Map<String, Dialect.Speaker> named, Optional<Dialect.Speaker> otherwise) {

  /**
   * What was chosen.
   *
   * @param subprotocol what the client is told of it
   */
  record Choice(Optional<String> subprotocol, Dialect.Speaker speaker) {}

  static final Dialects NONE = new Dialects(Map.of(), Optional.empty());

  /** What this server's own clients speak, offering it or nothing, and what others may choose. */
  public static Dialects besides(Dialect.Speaker jsonRpc, Map<String, Dialect.Speaker> others) {
    Map<String, Dialect.Speaker> named = new HashMap<>(others);
    named.put(Handshake.PARLEY, jsonRpc);
    return new Dialects(Map.copyOf(named), Optional.of(jsonRpc));
  }

  /** One that must be offered. */
  public static Dialects only(String subprotocol, Dialect.Speaker speaker) {
    return new Dialects(Map.of(subprotocol, speaker), Optional.empty());
  }

  /** Whatever a client offers, the same is spoken. */
  public static Dialects always(Dialect.Speaker speaker) {
    return new Dialects(Map.of(), Optional.of(speaker));
  }

  /**
   * The first that is offered and known; empty if there is none and there must be.
   *
   * @param offered values of {@code Sec-WebSocket-Protocol}
   */
  Optional<Choice> choose(List<String> offered) {
    return offered.stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .filter(named::containsKey)
        .findFirst()
        .flatMap(known ->
            Optional.ofNullable(named.get(known))
                .map(speaker -> new Choice(Optional.of(known), speaker)))
        .or(() -> otherwise.map(speaker -> new Choice(Optional.empty(), speaker)));
  }

  /** Why there was nothing to choose. */
  Refusal misfit() {
    return new Refusal(
        ErrorCode.INVALID_REQUEST,
        "Sec-WebSocket-Protocol must offer " + String.join(" or ", named.keySet()),
        Map.of());
  }
}
