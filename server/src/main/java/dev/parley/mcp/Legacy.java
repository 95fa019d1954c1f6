package dev.parley.mcp;

import dev.parley.functions.Json;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** MCP 2025-11-25 and its elders: what is said within a session. */
final class Legacy {
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
   * Answers a request that has begun in its session.
   *
   * @return the message to send; empty if the client took its request back
   */
  Optional<ObjectNode> answer(
      Session session, Visitor visitor, Message.Request request, Running running) {
    ObjectNode none = Json.MAPPER.createObjectNode();
    Asked asked = visitor.asks(session.capabilities(), none, Optional.empty(), running);
    ObjectNode message = message(session, request, running.outlet(), asked);
    return running.isCancelled() ? Optional.empty() : Optional.of(message);
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
      case "resources/subscribe" -> {
        subscribe(session, Methods.text(params, "uri"), asked);
        yield Json.MAPPER.createObjectNode();
      }
      case "resources/unsubscribe" -> {
        session.unwatch(Methods.text(params, "uri"));
        yield Json.MAPPER.createObjectNode();
      }
      default ->
          new Asking(session, outlet)
              .complete(asked, now -> Methods.answer(surface, request.method(), params, now));
    };
  }

  private void subscribe(Session session, String uri, Asked asked) {
    session.watch(uri, surface.watch(asked, uri, () -> updated(session, uri)));
  }

  private static void updated(Session session, String uri) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("uri", uri);
    session
        .outlet()
        .ifPresent(
            place -> place.send(Message.notification("notifications/resources/updated", params)));
  }
}
