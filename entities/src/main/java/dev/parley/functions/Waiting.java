package dev.parley.functions;

import dev.parley.entities.Refused;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Waits for what is answered later. Cheap on a virtual thread. */
final class Waiting {
  private Waiting() {}

  /** The answer, or the error itself that it failed with. */
  static <O> O on(@Nullable CompletionStage<O> later) {
    if (later == null) {
      throw new Refused("a function that answers later answered null");
    }
    try {
      return later.toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw switch (failed.getCause()) {
        case RuntimeException e -> e;
        case Error e -> throw e;
        case null, default -> failed;
      };
    }
  }
}
