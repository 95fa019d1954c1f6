package dev.parley.http;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Mark;
import dev.parley.calls.Route;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** All functions on one page for people, without a script. */
final class DocsPage {
  private DocsPage() {}

  static byte[] of(Registry<Call> registry) {
    StringBuilder page = new StringBuilder(HEAD);
    registry.all().forEach(function -> add(page, function));
    return page.append("</main></html>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static final String HEAD =
      """
      <!doctype html><html lang="en"><meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Functions of Parley</title><link rel="stylesheet" href="/docs.css">
      <main><h1>Functions</h1>
      <p>Each is called by name on <code>/ws</code> (JSON-RPC 2.0), by its route below
      <code>/api</code>, or by <code>POST /api/call/NAME</code>. The same as
      <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
      """;

  static final Answer STYLE =
      new Answer(
          200,
          "text/css; charset=utf-8",
          """
          :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
          main { max-width: 50rem; margin: 0 auto; padding: 1rem; }
          h2 { margin: 2rem 0 0; font-size: 1.1rem; } h2 a { color: inherit; }
          p { margin: .3rem 0; } pre { overflow-x: auto; font-size: .8rem; }
          """
              .getBytes(StandardCharsets.UTF_8),
          Map.of());

  private static void add(StringBuilder page, Registered<Call> function) {
    String name = escaped(function.name());
    page.append("<section id=\"").append(name).append("\"><h2><a href=\"#").append(name);
    page.append("\">").append(name).append("</a></h2><p>");
    page.append(escaped(function.function().description())).append("</p><p>");
    function
        .function()
        .attribute(Route.class)
        .ifPresent(route ->
            page.append("<code>")
                .append(route.method())
                .append(" /api")
                .append(escaped(route.path()))
                .append("</code> "));
    page.append("<small>permission ").append(Dispatcher.permission(function).word());
    page.append(function.function().readOnly() ? ", read only" : "");
    page.append(
        function.function().attributes().contains(Mark.SOCKET_ONLY) ? ", sockets only" : "");
    page.append("</small></p><details><summary>Input and output</summary><pre>");
    page.append(escaped(pretty(function.inputSchema()))).append("</pre><pre>");
    page.append(escaped(pretty(function.outputSchema()))).append("</pre></details></section>\n");
  }

  private static String pretty(Object schema) {
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
