package dev.parley.mcp;

import dev.parley.functions.Json;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** MCP 2025-11-25 and its elders: what is said within a session. */
final class Legacy {
  private static final int MOST_WATCHES = 64;
  private static final int MOST_RUNNING = 64;

  private final Surface surface;

  Legacy(Surface surface) {
    this.surface = surface;
  }

  /** The result of {@code initialize}. */
  ObjectNode welcome(ObjectNode params) {
    String wanted = params.path("protocolVersion").asString("");
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put(
        "protocolVersion",
        Revisions.LEGACY.contains(wanted) ? wanted : Revisions.LEGACY.getFirst());
    ObjectNode capabilities = surface.capabilities();
    capabilities.putObject("logging");
    result.set("capabilities", capabilities);
    result.set("serverInfo", Revisions.server());
    return result.put("instructions", surface.instructions());
  }

  /**
   * Answers a request.
   *
   * @return the message to send; empty if the client took its request back
   */
  Optional<ObjectNode> answer(
      Session session, Message.Request request, Outlet outlet, Running running, Asked asked) {
    if (session.running().size() >= MOST_RUNNING
        || session.running().putIfAbsent(request.id(), running) != null) {
      return Optional.of(
          Message.error(
              request.id(),
              Fault.invalidRequest("Too many requests are under way, or two have one id")
                  .asError()));
    }
    try {
      ObjectNode message = message(session, request, outlet, asked);
      return running.isCancelled() ? Optional.empty() : Optional.of(message);
    } finally {
      session.running().remove(request.id());
    }
  }

  private ObjectNode message(Session session, Message.Request request, Outlet outlet, Asked asked) {
    try {
      return Message.result(request.id(), result(session, request, outlet, asked));
    } catch (Fault fault) {
      int code = fault.isNoResource() ? Fault.RESOURCE_NOT_FOUND : fault.code();
      return Message.error(request.id(), fault.asError(code));
    }
  }

  private ObjectNode result(Session session, Message.Request request, Outlet outlet, Asked asked) {
    ObjectNode params = request.params();
    return switch (request.method()) {
      case "ping" -> Json.MAPPER.createObjectNode();
      case "logging/setLevel" -> {
        session.level(Level.of(Methods.text(params, "level")));
        yield Json.MAPPER.createObjectNode();
      }
      case "resources/subscribe" -> subscribe(session, Methods.text(params, "uri"), asked);
      case "resources/unsubscribe" -> unsubscribe(session, Methods.text(params, "uri"));
      default ->
          new Asking(session, outlet)
              .complete(asked, now -> Methods.answer(surface, request.method(), params, now));
    };
  }

  private ObjectNode subscribe(Session session, String uri, Asked asked) {
    if (session.watches().size() >= MOST_WATCHES) {
      throw Fault.invalidParams("A session has at most " + MOST_WATCHES + " subscriptions");
    }
    Surface.Watch watch = surface.watch(asked, uri, () -> updated(session, uri));
    Surface.Watch before = session.watches().put(uri, watch);
    if (before != null) {
      before.close();
    }
    return Json.MAPPER.createObjectNode();
  }

  private static ObjectNode unsubscribe(Session session, String uri) {
    Surface.Watch watch = session.watches().remove(uri);
    if (watch != null) {
      watch.close();
    }
    return Json.MAPPER.createObjectNode();
  }

  private static void updated(Session session, String uri) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("uri", uri);
    session
        .outlet()
        .ifPresent(
            place -> place.send(Message.notification("notifications/resources/updated", params)));
  }

  /** Takes what needs no answer. */
  void hear(Session session, Message.Notification notification) {
    if (notification.method().equals("notifications/cancelled")) {
      Running running = session.running().get(notification.params().path("requestId"));
      if (running != null) {
        running.cancel();
      }
    }
  }

  /** Takes an answer to something that we asked. */
  void hear(Session session, Message.Response response) {
    JsonNode id = response.id();
    CompletableFuture<Message.Response> waiting = session.asked().get(id.asString(""));
    if (waiting != null) {
      waiting.complete(response);
    }
  }
}
