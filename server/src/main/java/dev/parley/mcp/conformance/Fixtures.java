package dev.parley.mcp.conformance;

import dev.parley.functions.Json;
import dev.parley.mcp.Asked;
import dev.parley.mcp.Fault;
import dev.parley.mcp.Reply;
import dev.parley.mcp.Surface;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the official conformance suite ({@code @modelcontextprotocol/conformance}) asks a server to
 * have. Offered only by {@code ./parley serve --conformance}, and only to whoever brings no token.
 */
public final class Fixtures implements Surface {
  private static final Pattern TEMPLATE = Pattern.compile("test://template/([^/]{1,64})/data");
  private static final String TEXT = "test://static-text";
  private static final String BINARY = "test://static-binary";
  private static final String WATCHED = "test://watched-resource";

  private final Map<Listing, Set<Runnable>> watchers = new EnumMap<>(Listing.class);
  private final Tools tools;

  public Fixtures() {
    for (Listing list : Listing.values()) {
      watchers.put(list, ConcurrentHashMap.newKeySet());
    }
    this.tools = new Tools(() -> changed(Listing.TOOLS), () -> changed(Listing.PROMPTS));
  }

  private Set<Runnable> of(Listing list) {
    return watchers.getOrDefault(list, Set.of());
  }

  private void changed(Listing list) {
    of(list).forEach(Runnable::run);
  }

  @Override
  public ObjectNode capabilities() {
    ObjectNode all = Json.MAPPER.createObjectNode();
    all.putObject("tools").put("listChanged", true);
    all.putObject("prompts").put("listChanged", true);
    all.putObject("resources").put("subscribe", true);
    all.putObject("completions");
    return all;
  }

  @Override
  public String instructions() {
    return "Fixtures of the MCP conformance suite.";
  }

  @Override
  public ObjectNode tools(Asked asked, Optional<String> cursor) {
    return tools.list();
  }

  @Override
  public Reply call(Asked asked, String tool, ObjectNode arguments) {
    return tools.call(asked, tool, arguments);
  }

  @Override
  public ObjectNode resources(Asked asked, Optional<String> cursor) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    resource(result, TEXT, "Text", "text/plain");
    resource(result, BINARY, "Picture", "image/png");
    resource(result, WATCHED, "Watched", "text/plain");
    return result;
  }

  private static void resource(ObjectNode result, String uri, String name, String mimeType) {
    result
        .withArray("resources")
        .addObject()
        .put("uri", uri)
        .put("name", name)
        .put("description", name + " of the suite")
        .put("mimeType", mimeType);
  }

  @Override
  public ObjectNode templates(Asked asked) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result
        .putArray("resourceTemplates")
        .addObject()
        .put("uriTemplate", "test://template/{id}/data")
        .put("name", "Template")
        .put("description", "Data of an id")
        .put("mimeType", "application/json");
    return result;
  }

  @Override
  public Reply read(Asked asked, String uri) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("contents").add(contents(uri));
    return new Reply.Complete(result);
  }

  private static ObjectNode contents(String uri) {
    Matcher template = TEMPLATE.matcher(uri);
    if (template.matches()) {
      ObjectNode data = Json.MAPPER.createObjectNode();
      data.put("id", template.group(1)).put("templateTest", true);
      data.put("data", "Data for ID: " + template.group(1));
      return Content.textOf(uri, "application/json", data.toString());
    }
    return switch (uri) {
      case TEXT ->
          Content.textOf(uri, "text/plain", "This is the content of the static text resource.");
      case WATCHED -> Content.textOf(uri, "text/plain", "Watched.");
      case BINARY ->
          Json.MAPPER
              .createObjectNode()
              .put("uri", uri)
              .put("mimeType", "image/png")
              .put("blob", Content.PNG);
      default -> throw Fault.noResource(uri);
    };
  }

  @Override
  public ObjectNode prompts(Asked asked, Optional<String> cursor) {
    return Prompts.list();
  }

  @Override
  public Reply prompt(Asked asked, String name, ObjectNode arguments) {
    return Prompts.get(asked, name, arguments);
  }

  @Override
  public ObjectNode complete(Asked asked, ObjectNode params) {
    String begun = params.path("argument").path("value").asString("");
    ObjectNode result = Json.MAPPER.createObjectNode();
    ObjectNode completion = result.putObject("completion");
    completion.putArray("values").add(begun + "-completed");
    completion.put("total", 1).put("hasMore", false);
    return result;
  }

  @Override
  public Watch watch(Asked asked, String uri, Runnable changed) {
    contents(uri);
    return () -> {};
  }

  @Override
  public Watch watch(Listing list, Runnable changed) {
    of(list).add(changed);
    return () -> of(list).remove(changed);
  }
}
