package dev.parley.mcp;

import dev.parley.functions.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The revisions that are spoken, and the names in which the newer one keeps its metadata. */
final class Revisions {
  static final String MODERN = "2026-07-28";

  /** Those that begin with {@code initialize}, newest first. */
  static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

  static final String VERSION = "io.modelcontextprotocol/protocolVersion";
  static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  static final String SERVER = "io.modelcontextprotocol/serverInfo";

  private Revisions() {}

  /** Who we are. */
  static ObjectNode server() {
    String built = Revisions.class.getPackage().getImplementationVersion();
    return Json.MAPPER
        .createObjectNode()
        .put("name", "parley")
        .put("title", "Parley")
        .put("version", built == null ? "development" : built);
  }

  /** Whether a message is of the newer kind: it says so, or its header is none of an older one. */
  static boolean isModern(String header, ObjectNode params) {
    JsonNode meta = params.path("_meta");
    return meta.has(VERSION) || (!header.isEmpty() && !LEGACY.contains(header));
  }
}
