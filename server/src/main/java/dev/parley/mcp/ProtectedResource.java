package dev.parley.mcp;

import dev.parley.calls.Permission;
import dev.parley.functions.Json;
import dev.parley.http.Answer;
import dev.parley.http.Exchange;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an OAuth client must know to come by a token for {@code /mcp} (RFC 9728).
 *
 * @param publicUrl where clients reach the server; empty for the address that they used
 * @param issuer whose tokens are believed, besides our own
 */
public record ProtectedResource(
    Optional<String> publicUrl, boolean secure, Optional<String> issuer) {
  private static final String METADATA = "/.well-known/oauth-protected-resource";

  boolean knows(String path) {
    return path.equals(METADATA) || path.equals(METADATA + "/mcp");
  }

  private String base(Exchange exchange) {
    return publicUrl
        .map(url -> url.replaceFirst("/$", ""))
        .orElseGet(() -> (secure ? "https://" : "http://") + exchange.header("Host"));
  }

  Answer metadata(Exchange exchange) {
    ObjectNode metadata = Json.MAPPER.createObjectNode();
    metadata.put("resource", base(exchange) + "/mcp").put("resource_name", "Parley");
    issuer.ifPresent(metadata.putArray("authorization_servers")::add);
    Stream.of(Permission.values())
        .filter(permission -> permission != Permission.OPEN)
        .map(Permission::word)
        .forEach(metadata.putArray("scopes_supported")::add);
    metadata.putArray("bearer_methods_supported").add("header");
    metadata.put("resource_documentation", base(exchange) + "/docs");
    return Answer.json(200, Json.MAPPER.writeValueAsBytes(metadata));
  }

  /** The {@code WWW-Authenticate} of whoever brings no token, or a bad one. */
  String challenge(Exchange exchange) {
    return "Bearer realm=\"parley\", resource_metadata=\""
        + base(exchange)
        + METADATA
        + "/mcp\", scope=\"read write\"";
  }

  /** The {@code WWW-Authenticate} of whoever lacks a scope. */
  String wants(Exchange exchange, String scope) {
    return "Bearer error=\"insufficient_scope\", scope=\""
        + scope
        + "\", resource_metadata=\""
        + base(exchange)
        + METADATA
        + "/mcp\"";
  }
}
