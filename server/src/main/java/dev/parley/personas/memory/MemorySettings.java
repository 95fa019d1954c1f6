package dev.parley.personas.memory;

import java.net.URI;
import java.util.Optional;

/**
 * How personas remember.
 *
 * @param perPersona how many statements a persona keeps; 0 for any number
 * @param remote the server that places texts; without one it is done here
 */
public record MemorySettings(int perPersona, Optional<Remote> remote) {
  /**
   * An OpenAI-compatible server.
   *
   * @param url what {@code /embeddings} is put behind: {@code https://api.openai.com/v1}
   * @param key the secret that it wants; empty for none
   */
  public record Remote(URI url, String model, Optional<String> key) {}

  Embedding embedding() {
    return remote.<Embedding>map(RemoteEmbedding::new).orElseGet(HashedNgrams::new);
  }
}
