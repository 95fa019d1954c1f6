package dev.parley.personas;

import dev.parley.conversations.Message;
import dev.parley.wire.Actor;

/**
 * A message that a persona shall answer.
 *
 * @param asker the person whose word set it off, on whose behalf the persona acts
 * @param turn how many personas have spoken since that word
 * @param mostTokens how long the answer may be
 */
record Asked(Cast.Row persona, Message message, Actor asker, int turn, int mostTokens) {
  Actor actor() {
    return persona.actor();
  }

  String conversation() {
    return message.conversation();
  }
}
