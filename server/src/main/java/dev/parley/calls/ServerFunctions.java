package dev.parley.calls;

import static dev.parley.functions.Function.named;

import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the server tells of itself: that it is there, and what it can do. */
public final class ServerFunctions {
  private final InstantSource clock;

  public ServerFunctions(InstantSource clock) {
    this.clock = clock;
  }

  record Nothing() {}

  record Pong(Instant at) {}

  /** Where a function is found over HTTP. */
  record HttpRoute(String method, String path) {}

  /** A function as clients see it. */
  record Described(
      String name,
      String title,
      String description,
      JsonNode input,
      JsonNode output,
      boolean readOnly,
      boolean idempotent,
      boolean socketOnly,
      String permission,
      Optional<HttpRoute> route) {}

  record All(List<Described> functions) {}

  public void register(Registry<Call> registry) {
    registry.add(
        named("system.ping", Nothing.class, Pong.class)
            .described("Ping", "Tells the server's time.")
            .readOnly()
            .with(Permission.OPEN, Mark.BEFORE_SIGN_IN, Route.get("/ping"))
            .handledBy((call, input) -> new Pong(clock.instant())));
    registry.add(
        named("functions.list", Nothing.class, All.class)
            .described("List functions", "All functions with their schemas: this list.")
            .readOnly()
            .with(Permission.OPEN, Mark.BEFORE_SIGN_IN, Route.get("/functions"))
            .handledBy((call, input) -> list(registry)));
  }

  private static All list(Registry<Call> registry) {
    return new All(registry.all().stream().map(ServerFunctions::described).toList());
  }

  private static Described described(Registered<Call> registered) {
    var function = registered.function();
    return new Described(
        function.name(),
        function.title(),
        function.description(),
        registered.inputSchema(),
        registered.outputSchema(),
        function.readOnly(),
        function.idempotent(),
        function.attributes().contains(Mark.SOCKET_ONLY),
        Dispatcher.permission(registered).word(),
        function
            .attribute(Route.class)
            .map(route -> new HttpRoute(route.method(), "/api" + route.path())));
  }
}
