package dev.parley.personas;

import dev.parley.conversations.Message;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
   */
  record Prompt(
      Actor persona,
      PersonaSettings character,
      Message message,
      List<Part> context,
      Hands hands,
      int mostTokens) {}

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
     * @return the result
     * @throws dev.parley.wire.Refusal if the function refuses
     */
    JsonNode call(String function, ObjectNode params);
  }
}
