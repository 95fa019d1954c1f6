package dev.parley.personas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.conversations.Message;
import java.util.Optional;

/**
 * How long answers may be, of messages that are about to be posted. It is kept in memory: what is
 * answered after a crash has only the server's own limit.
 */
final class Brevity {
  /** No limit but the server's. */
  static final int NONE = Integer.MAX_VALUE;

  private final Cache<String, Integer> mostTokens =
      Caffeine.newBuilder().maximumSize(10_000).build();

  /** Wants the answer to be short to what will be posted with a client id. */
  void want(String conversation, String clientId, int tokens) {
    mostTokens.put(key(conversation, clientId), tokens);
  }

  int of(Message message) {
    return message
        .clientId()
        .flatMap(
            id -> Optional.ofNullable(mostTokens.asMap().remove(key(message.conversation(), id))))
        .orElse(NONE);
  }

  private static String key(String conversation, String clientId) {
    return conversation + " " + clientId;
  }
}
