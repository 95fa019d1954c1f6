package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.conversations.Message;
import dev.parley.functions.Registered;
import dev.parley.personas.errand.Doing;
import dev.parley.personas.errand.Errands;
import dev.parley.personas.errand.Exchange;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What answers for a persona. May block; it runs on a virtual thread. */
public interface Brain {

  /**
   * How much it can be given to read, in tokens; 0 for one that reads the message and nothing else.
   *
   * @param hands what it can do: to know of that takes room, too
   */
  int window(Hands hands);

  /** The model that it uses for personas that name none; empty for one without models. */
  default Optional<String> model() {
    return Optional.empty();
  }

  /** Whether it can be asked now: not if its model has failed too often lately. */
  default boolean isAvailable() {
    return true;
  }

  /**
   * Answers a message that addresses the persona.
   *
   * @param drafts hears what is being written, piece by piece; the answer is all of it
   * @throws dev.parley.wire.Refusal {@code unavailable} if it cannot answer now
   * @throws InterruptedException if nobody waits for the answer any more
   */
  Answer reply(Prompt prompt, Consumer<String> drafts) throws InterruptedException;

  /**
   * Sums up what no longer fits into its window.
   *
   * @param turns the oldest ones, in their order
   * @param before what was summed up before them; empty at first
   * @throws dev.parley.wire.Refusal {@code unavailable} if it cannot now
   */
  String sumUp(PersonaSettings character, String before, List<Part> turns)
      throws InterruptedException;

  /**
   * What a brain is given.
   *
   * @param persona for whom it answers
   * @param character what that one is like
   * @param message what it answers
   * @param context what it reads, in order; the message is the last part
   * @param hands what it can do
   * @param mostTokens how long the answer may be, if that is less than what the brain allows itself
   * @param before finds what whoever speaks said to the persona here before, and was answered, in
   *     order; the newest {@link Errands#READ}
   */
  record Prompt(
      Actor persona,
      PersonaSettings character,
      Message message,
      List<Part> context,
      Hands hands,
      int mostTokens,
      Supplier<List<Exchange>> before) {}

  /**
   * What a brain answered.
   *
   * @param model what wrote it, if a model did
   * @param tokens how long it is, as the server counts
   * @param cut whether it is not whole, because it came to be too long
   */
  record Answer(String text, Optional<String> model, int tokens, boolean cut) {}

  /** The functions of the server, called as the persona, with no more rights than whoever asked. */
  interface Hands {
    /** The names of the functions that the persona may call. */
    List<String> functions();

    /**
     * Calls a function. What the n-th call for a message changes, it changes once, even if the
     * message is answered again after a crash.
     *
     * @return the result
     * @throws dev.parley.wire.Refusal if the function refuses
     */
    JsonNode call(String function, ObjectNode params);

    /** Those functions that change something and that the persona was expressly allowed. */
    List<Registered<Call>> errands();

    /**
     * Calls a function that changes something, at most once for a key of this persona.
     *
     * @return the result, of the first call if it was called before
     * @throws dev.parley.wire.Refusal as {@link Doing} says
     */
    JsonNode once(String key, String function, ObjectNode params);
  }
}
