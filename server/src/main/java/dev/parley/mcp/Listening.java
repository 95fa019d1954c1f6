package dev.parley.mcp;

import dev.parley.functions.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One {@code subscriptions/listen}: what a client hears of until it goes away. */
final class Listening implements Surface.Watch {
  private static final int MOST_RESOURCES = 64;
  private static final Map<String, Surface.Listing> LISTS =
      Map.of(
          "toolsListChanged", Surface.Listing.TOOLS,
          "promptsListChanged", Surface.Listing.PROMPTS,
          "resourcesListChanged", Surface.Listing.RESOURCES);

  private final JsonNode id;
  private final Outlet outlet;
  private final List<Surface.Watch> watches = new ArrayList<>();
  private boolean ended;

  private Listening(JsonNode id, Outlet outlet) {
    this.id = id;
    this.outlet = outlet;
  }

  /**
   * Acknowledges what will be told, and tells it from then on.
   *
   * @throws Fault if a resource is not to be had; then nothing was said
   */
  static Listening begin(Surface surface, Message.Request request, Asked asked, Outlet outlet) {
    Listening listening = new Listening(request.id(), outlet);
    listening.begin(surface, Methods.object(request.params(), "notifications"), asked);
    return listening;
  }

  /** Holds the lock, so that nothing is told before the acknowledgement. */
  private synchronized void begin(Surface surface, ObjectNode wanted, Asked asked) {
    ObjectNode honoured = Json.MAPPER.createObjectNode();
    try {
      LISTS.forEach((field, list) -> watchList(surface, wanted, honoured, field, list));
      watchResources(surface, wanted, honoured, asked);
    } catch (Fault refused) {
      close();
      throw refused;
    }
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.set("notifications", honoured);
    tell("notifications/subscriptions/acknowledged", params);
  }

  private void watchList(
      Surface surface, ObjectNode wanted, ObjectNode honoured, String field, Surface.Listing list) {
    String name = list.name().toLowerCase(java.util.Locale.ROOT);
    boolean changes = surface.capabilities().path(name).path("listChanged").asBoolean(false);
    if (changes && wanted.path(field).asBoolean(false)) {
      honoured.put(field, true);
      String method = "notifications/" + name + "/list_changed";
      watches.add(surface.watch(list, () -> tell(method, Json.MAPPER.createObjectNode())));
    }
  }

  private void watchResources(
      Surface surface, ObjectNode wanted, ObjectNode honoured, Asked asked) {
    JsonNode uris = wanted.path("resourceSubscriptions");
    if (uris.size() > MOST_RESOURCES) {
      throw Fault.invalidParams("resourceSubscriptions has at most " + MOST_RESOURCES);
    }
    if (uris.isEmpty() || !surface.capabilities().path("resources").has("subscribe")) {
      return;
    }
    ArrayNode agreed = honoured.putArray("resourceSubscriptions");
    for (JsonNode uri : uris) {
      String known = uri.asString();
      watches.add(surface.watch(asked, known, () -> updated(known)));
      agreed.add(known);
    }
  }

  private void updated(String uri) {
    tell("notifications/resources/updated", Json.MAPPER.createObjectNode().put("uri", uri));
  }

  private synchronized void tell(String method, ObjectNode params) {
    if (!ended) {
      params.putObject("_meta").set(Revisions.SUBSCRIPTION, id);
      outlet.send(Message.notification(method, params));
    }
  }

  /** Hears nothing more. */
  @Override
  public synchronized void close() {
    ended = true;
    watches.forEach(Surface.Watch::close);
    watches.clear();
  }

  /** The answer to the request, when we end it. */
  ObjectNode farewell() {
    ObjectNode result = Modern.complete(Json.MAPPER.createObjectNode());
    result.withObject("_meta").set(Revisions.SUBSCRIPTION, id);
    return Message.result(id, result);
  }
}
