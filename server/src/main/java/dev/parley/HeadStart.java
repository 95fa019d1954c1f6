package dev.parley;

import dev.parley.functions.Json;
import dev.parley.http.HttpSettings;
import dev.parley.http.Port;
import java.util.Objects;

/**
 * What a start needs of libraries and waits for nothing, on a thread beside the one that opens the
 * database: most of a start is the first use of classes, and there is more than one processor.
 */
final class HeadStart {
  private HeadStart() {}

  static void begin(HttpSettings http) {
    Thread.ofPlatform().name("parley-head-start").daemon().start(() -> run(http));
  }

  private static void run(HttpSettings http) {
    Objects.requireNonNull(Trees.CATALOG, "looks types through when it is first used");
    var _ = Json.MAPPER.createObjectNode().put("", "");
    Port.load(http);
  }
}
