package dev.parley.mcp;

import dev.parley.calls.Caller;
import dev.parley.functions.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** MCP 2026-07-28: every request says all that there is to know, and nothing is kept between. */
final class Modern {
  private static final int LIST_TTL_MS = 60_000;
  private static final Set<String> LISTS =
      Set.of("tools/list", "prompts/list", "resources/list", "resources/templates/list");
  private static final Set<String> NAMED = Set.of("tools/call", "prompts/get", "resources/read");
  private static final String ENCODED = "=?base64?";

  private final Seal seal;

  Modern(Seal seal) {
    this.seal = seal;
  }

  /**
   * Checks what a request says of itself, and that its headers say the same.
   *
   * @param header a header's value by its name; empty if it is absent
   * @throws Fault if anything is missing or differs
   */
  static void check(Message.Request request, Function<String, String> header) {
    JsonNode meta = request.params().path("_meta");
    checkMeta(meta);
    String version = meta.path(Revisions.VERSION).stringValue();
    same("MCP-Protocol-Version", header.apply("MCP-Protocol-Version"), version);
    checkVersion(version);
    same("Mcp-Method", header.apply("Mcp-Method"), request.method());
    if (NAMED.contains(request.method())) {
      String field = request.method().equals("resources/read") ? "uri" : "name";
      same("Mcp-Name", decoded(header.apply("Mcp-Name")), Methods.text(request.params(), field));
    }
  }

  /** The same for a request that bears no headers. */
  static void check(Message.Request request) {
    JsonNode meta = request.params().path("_meta");
    checkMeta(meta);
    checkVersion(meta.path(Revisions.VERSION).stringValue());
  }

  private static void checkMeta(JsonNode meta) {
    if (!meta.path(Revisions.VERSION).isString()) {
      throw Fault.invalidMeta("_meta must bear " + Revisions.VERSION);
    }
    if (!meta.path(Revisions.CAPABILITIES).isObject()) {
      throw Fault.invalidMeta("_meta must bear " + Revisions.CAPABILITIES);
    }
  }

  private static void checkVersion(String version) {
    if (!version.equals(Revisions.MODERN)) {
      throw Fault.unsupportedVersion(List.of(Revisions.MODERN), version);
    }
  }

  private static void same(String name, String header, String body) {
    if (header.isEmpty()) {
      throw Fault.headerMismatch(name + " is missing");
    }
    if (!header.equals(body)) {
      throw Fault.headerMismatch(name + " differs from the body");
    }
  }

  private static String decoded(String value) {
    if (!value.startsWith(ENCODED) || !value.endsWith("?=")) {
      return value;
    }
    try {
      String base64 = value.substring(ENCODED.length(), value.length() - 2);
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException garbled) {
      throw Fault.headerMismatch("Mcp-Name is no Base64");
    }
  }

  /** What a request brings, for the surface. */
  Asked asked(Visitor visitor, Message.Request request, Notices notices) {
    ObjectNode params = request.params();
    Optional<JsonNode> state =
        params.has("requestState")
            ? Optional.of(
                seal.open(Methods.text(params, "requestState"), owner(visitor.caller(), request)))
            : Optional.empty();
    ObjectNode capabilities = (ObjectNode) params.path("_meta").path(Revisions.CAPABILITIES);
    return visitor.asks(capabilities, responses(params), state, notices);
  }

  /** Only objects are answers; whatever else came is as if it had not come. */
  private static ObjectNode responses(ObjectNode params) {
    if (!params.has("inputResponses")) {
      return params.objectNode();
    }
    ObjectNode given = Methods.object(params, "inputResponses").deepCopy();
    given.removeIf(answer -> !answer.isObject());
    return given;
  }

  /** Who may bring state back, and for what: the same caller, method and arguments. */
  private static String owner(Optional<Caller> caller, Message.Request request) {
    ObjectNode salient = request.params().deepCopy();
    salient.remove(List.of("_meta", "inputResponses", "requestState"));
    return caller.map(Caller::id).orElse("") + "\n" + request.method() + "\n" + salient;
  }

  /** A request under way, with what it says of its notices. */
  static Running running(Message.Request request, Outlet outlet) {
    return new Running(outlet, request.params(), level(request));
  }

  private static Optional<Level> level(Message.Request request) {
    JsonNode level = request.params().path("_meta").path(Revisions.LOG_LEVEL);
    return level.isString() ? Optional.of(Level.of(level.stringValue())) : Optional.empty();
  }

  /** The result of a request, complete with what this revision wants in it. */
  ObjectNode answer(Surface surface, Message.Request request, Asked asked) {
    if (request.method().equals("server/discover")) {
      return cacheable(complete(discover(surface)), LIST_TTL_MS);
    }
    return switch (Methods.answer(surface, request.method(), request.params(), asked)) {
      case Reply.Complete complete -> hinted(request.method(), complete(complete.result()));
      case Reply.InputRequired required -> required(request, asked, required);
    };
  }

  private static ObjectNode discover(Surface surface) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("supportedVersions").add(Revisions.MODERN);
    result.set("capabilities", surface.capabilities());
    return result.put("instructions", surface.instructions());
  }

  static ObjectNode complete(ObjectNode result) {
    return typed(result, "complete");
  }

  private static ObjectNode typed(ObjectNode result, String type) {
    result.put("resultType", type);
    result.withObject("_meta").set(Revisions.SERVER, Revisions.server());
    return result;
  }

  private static ObjectNode hinted(String method, ObjectNode result) {
    if (LISTS.contains(method)) {
      return cacheable(result, LIST_TTL_MS);
    }
    return method.equals("resources/read") ? cacheable(result, 0) : result;
  }

  /** All of it depends on who asks. */
  private static ObjectNode cacheable(ObjectNode result, int ttlMs) {
    return result.put("ttlMs", ttlMs).put("cacheScope", "private");
  }

  private ObjectNode required(Message.Request request, Asked asked, Reply.InputRequired required) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    ObjectNode requests = result.putObject("inputRequests");
    required
        .requests()
        .forEach((key, wanted) -> {
          String method = wanted.path("method").stringValue();
          if (!asked.can(method)) {
            throw Fault.missingCapability(Asked.capability(method));
          }
          requests.set(key, wanted);
        });
    required
        .state()
        .ifPresent(
            state -> result.put("requestState", seal.close(state, owner(asked.caller(), request))));
    return typed(result, "input_required");
  }
}
