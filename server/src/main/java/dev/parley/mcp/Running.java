package dev.parley.mcp;

import dev.parley.functions.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request under way, as its notices see it. */
final class Running implements Notices {
  private final Outlet outlet;
  private final JsonNode progressToken;
  private final Optional<Level> level;
  private volatile boolean cancelled;

  /**
   * @param level the least grave line of the log that the client wants; empty for none
   */
  Running(Outlet outlet, ObjectNode params, Optional<Level> level) {
    this.outlet = outlet;
    this.progressToken = params.path("_meta").path("progressToken");
    this.level = level;
  }

  Outlet outlet() {
    return outlet;
  }

  void cancel() {
    cancelled = true;
  }

  @Override
  public boolean isCancelled() {
    return cancelled || !outlet.isOpen();
  }

  @Override
  public void progress(double progress, double total) {
    if (progressToken.isMissingNode()) {
      return;
    }
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.set("progressToken", progressToken);
    params.put("progress", progress).put("total", total);
    send("notifications/progress", params);
  }

  @Override
  public void log(Level grave, String text) {
    if (level.isPresent() && grave.compareTo(level.get()) >= 0) {
      ObjectNode params = Json.MAPPER.createObjectNode();
      params.put("level", grave.word()).put("logger", "parley").put("data", text);
      send("notifications/message", params);
    }
  }

  private void send(String method, ObjectNode params) {
    if (!isCancelled()) {
      outlet.send(Message.notification(method, params));
    }
  }
}
