package dev.parley.mcp;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an older client has with us, from {@code initialize} until it ends or is left alone. */
final class Session {
  private final String id;
  private final String owner;
  private final ObjectNode capabilities;
  private final Map<String, Surface.Watch> watches = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Message.Response>> asked = new ConcurrentHashMap<>();
  private final Map<JsonNode, Running> running = new ConcurrentHashMap<>();
  private volatile Level level = Level.INFO;
  private volatile Instant used;
  private volatile @Nullable Outlet outlet;

  /**
   * @param owner who alone may use it
   */
  Session(String id, String owner, ObjectNode capabilities, Instant now) {
    this.id = id;
    this.owner = owner;
    this.capabilities = capabilities;
    this.used = now;
  }

  String id() {
    return id;
  }

  String owner() {
    return owner;
  }

  ObjectNode capabilities() {
    return capabilities;
  }

  Level level() {
    return level;
  }

  void level(Level least) {
    level = least;
  }

  Instant used() {
    return used;
  }

  void use(Instant now) {
    used = now;
  }

  /** Where what belongs to no request is told, while there is such a place. */
  Optional<Outlet> outlet() {
    return Optional.ofNullable(outlet).filter(Outlet::isOpen);
  }

  void outlet(Outlet place) {
    outlet = place;
  }

  /** What is watched, by URI. */
  Map<String, Surface.Watch> watches() {
    return watches;
  }

  /** What we asked and have no answer to, by id. */
  Map<String, CompletableFuture<Message.Response>> asked() {
    return asked;
  }

  /** Requests under way, by their ids. */
  Map<JsonNode, Running> running() {
    return running;
  }

  void end() {
    watches.values().forEach(Surface.Watch::close);
    watches.clear();
    running.values().forEach(Running::cancel);
    asked.values().forEach(answer -> answer.cancel(false));
  }
}
