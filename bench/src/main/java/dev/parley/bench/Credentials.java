package dev.parley.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * How to get sessions on the server. Hashing a password is slow by design, so a few sessions serve
 * all connections.
 *
 * @param login an existing account; without it new ones are registered
 * @param invitation for servers where registration is not open
 * @param accounts how many accounts to register
 */
public record Credentials(Optional<Login> login, Optional<String> invitation, int accounts) {
  private static final int AT_ONCE = 4;

  /** Name and password of an account. */
  public record Login(String name, String password) {}

  /** One token per account. */
  public List<String> tokens(Client client) {
    if (login.isPresent()) {
      return List.of(through(client, door -> open(door, login.get())));
    }
    try (ExecutorService few = Executors.newFixedThreadPool(AT_ONCE)) {
      return IntStream.range(0, accounts)
          .mapToObj(_ ->
              CompletableFuture.supplyAsync(
                  () -> through(client, door -> register(door, newLogin())), few))
          .toList()
          .stream()
          .map(registering -> Waiting.on(registering, "getting sessions"))
          .toList();
    }
  }

  /** Each sign-in has a connection of its own: a server ends those that stay strangers for long. */
  private static String through(Client client, Function<Connection, String> work) {
    Connection door = Waiting.on(client.connect(Optional.empty()), "connecting");
    try {
      return work.apply(door);
    } finally {
      door.leave();
    }
  }

  private String register(Connection door, Login login) {
    Map<String, Object> params = new HashMap<>();
    params.put("name", login.name());
    params.put("password", login.password());
    invitation.ifPresent(code -> params.put("invitation", code));
    var _ = Waiting.on(door.call("accounts.register", params), "registering an account");
    return open(door, login);
  }

  private static String open(Connection door, Login login) {
    var params = Map.of("name", login.name(), "password", login.password());
    JsonNode session = Waiting.on(door.call("sessions.open", params), "signing in");
    return session.path("token").asString();
  }

  private static Login newLogin() {
    String random = UUID.randomUUID().toString();
    return new Login("load-" + random.substring(0, 8), random);
  }
}
