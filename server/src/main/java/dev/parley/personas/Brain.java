package dev.parley.personas;

import dev.parley.conversations.Message;
import dev.parley.wire.Actor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What answers for a persona. May block; it runs on a virtual thread. */
public interface Brain {

  /** Answers a message that addresses the persona. */
  String reply(Prompt prompt);

  /**
   * What a brain is given.
   *
   * @param persona for whom it answers
   * @param message what it answers
   * @param hands what it can do
   */
  record Prompt(Actor persona, Message message, Hands hands) {}

  /** The functions of the server, called as the persona, with no more rights than whoever asked. */
  @FunctionalInterface
  interface Hands {
    /**
     * @return the result
     * @throws dev.parley.wire.Refusal if the function refuses
     */
    JsonNode call(String function, ObjectNode params);
  }
}
