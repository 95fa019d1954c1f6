package dev.parley.personas.errand;

import dev.parley.functions.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A talk about an errand that is open: worked out from its messages, each time anew. What the
 * persona asked says what the next message was an answer to; values come from what the asker said
 * alone. So a message that was deleted takes its value along and changes nothing else.
 *
 * @param turns what was said, and what the persona wanted to know then; at least one
 */
record Dialogue(List<Turn> turns) {
  /** After so long a silence it is over. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  /** After so many answers it is over. */
  static final int MOST_TURNS = 30;

  record Turn(Exchange exchange, Prompt prompt) {}

  /** The talk that somebody's last messages end with, however long ago. */
  static Optional<Dialogue> in(List<Exchange> before, Catalog catalog) {
    List<Turn> turns = new ArrayList<>();
    for (Exchange exchange : before) {
      Optional<Prompt> prompt = catalog.promptOf(exchange.answer());
      if (prompt.isEmpty()
          || !(turns.isEmpty() || goesOn(turns.getLast(), exchange, prompt.get()))) {
        turns.clear();
      }
      prompt.ifPresent(wanted -> turns.add(new Turn(exchange, wanted)));
    }
    return turns.isEmpty() ? Optional.empty() : Optional.of(new Dialogue(List.copyOf(turns)));
  }

  private static boolean goesOn(Turn last, Exchange next, Prompt prompt) {
    return inTime(last.exchange(), next.at())
        && (last.prompt().errand().isEmpty() || last.prompt().errand().equals(prompt.errand()));
  }

  private static boolean inTime(Exchange last, Instant now) {
    return !now.isAfter(last.at().plus(PATIENCE));
  }

  boolean isOpen(Instant now) {
    return turns.size() < MOST_TURNS && inTime(last(), now);
  }

  Prompt prompt() {
    return turns.getLast().prompt();
  }

  Exchange last() {
    return turns.getLast().exchange();
  }

  /** What the asker has said for an errand until now. */
  Map<String, JsonNode> values(Errand errand) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    Optional<Prompt> asked = Optional.empty();
    for (Turn turn : turns) {
      values.putAll(said(errand, asked, turn.exchange(), values));
      asked = Optional.of(turn.prompt());
    }
    return values;
  }

  private static Map<String, JsonNode> said(
      Errand errand, Optional<Prompt> asked, Exchange exchange, Map<String, JsonNode> before) {
    Meaning meaning =
        switch (asked.orElseGet(() -> new Prompt.Which(List.of()))) {
          case Prompt.Which which -> opening(errand, exchange.said(), exchange.at(), before);
          case Prompt.Ask ask -> Meaning.of(ask, exchange.said(), exchange.at());
          case Prompt.Confirm confirm ->
              Meaning.of(confirm, exchange.said(), exchange.at(), before);
        };
    return meaning instanceof Meaning.Given given ? given.values() : Map.of();
  }

  /** The meaning of a message that begins a talk, or says which errand is meant. */
  static Meaning opening(Errand errand, String said, Instant at, Map<String, JsonNode> before) {
    try {
      return new Meaning.Given(Gleaning.all(errand, said, at, before));
    } catch (InvalidInput why) {
      return new Meaning.Wrong(why);
    }
  }

  /** The errands that it may be about. */
  Stream<Errand> errands() {
    return prompt() instanceof Prompt.Which which
        ? which.errands().stream()
        : prompt().errand().stream();
  }
}
