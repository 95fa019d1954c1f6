package dev.parley.mcp;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client has with us from one request to the next, until it ends or is left alone. */
final class Session {
  private static final int MOST_WATCHES = 64;
  private static final int MOST_RUNNING = 64;
  private static final int MOST_ASKED = 16;

  private final String id;
  private final String owner;
  private final ObjectNode capabilities;
  private final Map<Object, Surface.Watch> watches = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Message.Response>> asked = new ConcurrentHashMap<>();
  private final Map<JsonNode, Running> running = new ConcurrentHashMap<>();
  private volatile Level level = Level.INFO;
  private volatile Instant used;
  private volatile boolean ended;
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

  /**
   * A request begins; {@link #done} must follow.
   *
   * @throws Fault if too many are under way, or another one has this id
   */
  void begin(JsonNode request, Running how) {
    if (running.size() >= MOST_RUNNING) {
      throw Fault.tooMany("At most " + MOST_RUNNING + " requests of a session are under way");
    }
    if (running.putIfAbsent(request, how) != null) {
      throw Fault.invalidRequest("A request of this id is under way");
    }
  }

  void done(JsonNode request) {
    running.remove(request);
  }

  /** The client takes a request back. */
  void cancel(JsonNode request) {
    Running under = running.get(request);
    if (under != null) {
      under.cancel();
    }
    unwatch(request);
  }

  /**
   * Keeps what is watched, in place of what was by that name.
   *
   * @param name a URI, or the id of the request that it goes on for
   * @throws Fault if there are too many; then it is closed
   */
  void watch(Object name, Surface.Watch watch) {
    if (watches.size() >= MOST_WATCHES && !watches.containsKey(name)) {
      watch.close();
      throw Fault.tooMany("A session has at most " + MOST_WATCHES + " subscriptions");
    }
    Surface.Watch before = watches.put(name, watch);
    if (before != null) {
      before.close();
    }
    if (ended) {
      unwatch(name);
    }
  }

  void unwatch(Object name) {
    Surface.Watch watch = watches.remove(name);
    if (watch != null) {
      watch.close();
    }
  }

  /**
   * Waits for the answer to a question of ours.
   *
   * @throws Fault if too many wait
   */
  CompletableFuture<Message.Response> ask(String question) {
    if (asked.size() >= MOST_ASKED) {
      throw Fault.tooMany("At most " + MOST_ASKED + " questions wait for a client");
    }
    CompletableFuture<Message.Response> answer = new CompletableFuture<>();
    asked.put(question, answer);
    if (ended) {
      answer.cancel(false);
    }
    return answer;
  }

  void forget(String question) {
    asked.remove(question);
  }

  /** Takes what needs no answer. */
  void hear(Message.Notification notification) {
    if (notification.method().equals("notifications/cancelled")) {
      cancel(notification.params().path("requestId"));
    }
  }

  /** Takes an answer to something that we asked. */
  void hear(Message.Response response) {
    CompletableFuture<Message.Response> waiting = asked.get(response.id().asString(""));
    if (waiting != null) {
      waiting.complete(response);
    }
  }

  void end() {
    ended = true;
    watches.keySet().forEach(this::unwatch);
    running.values().forEach(Running::cancel);
    asked.values().forEach(answer -> answer.cancel(false));
  }
}
