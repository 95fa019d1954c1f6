package dev.parley.testing;

import dev.parley.functions.Json;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An account that is signed in. */
public final class User {
  /** Everybody's. */
  public static final String PASSWORD = "correct horse";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestServer server;
  private final String id;
  private final String name;
  private final String token;

  private User(TestServer server, String id, String name, String token) {
    this.server = server;
    this.id = id;
    this.name = name;
    this.token = token;
  }

  static User register(TestServer server, String name) {
    return register(server, name + COUNT.incrementAndGet(), Optional.empty());
  }

  static User register(TestServer server, String name, Optional<String> invitation) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("name", name).put("password", PASSWORD);
    invitation.ifPresent(code -> params.put("invitation", code));
    Http.Reply registered = server.http().post("/api/accounts", params.toString());
    if (registered.status() != 201) {
      throw new IllegalStateException(registered.raw().body());
    }
    String id = registered.body().at("/account/id").stringValue();
    return new User(server, id, name, signIn(server, name));
  }

  private static String signIn(TestServer server, String name) {
    String body =
        Json.MAPPER.createObjectNode().put("name", name).put("password", PASSWORD).toString();
    return server.http().post("/api/sessions", body).body().path("token").stringValue();
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String token() {
    return token;
  }

  /** A token of one more session. */
  public String newToken() {
    return signIn(server, name);
  }

  public Http http() {
    return server.http(token);
  }

  /** A live socket, signed in. */
  public Socket socket() {
    return Socket.open(server, Optional.of(token));
  }

  /** Calls a function over HTTP and returns its result; fails the test if it is refused. */
  public JsonNode call(String function, String params) {
    Http.Reply reply = tryCall(function, params);
    if (reply.status() >= 300) {
      throw new AssertionError(function + " was refused: " + reply.raw().body());
    }
    return reply.body();
  }

  /** Calls a function over HTTP; what it answers may be a refusal. */
  public Http.Reply tryCall(String function, String params) {
    return http().post("/api/call/" + function, Json5.json(params));
  }

  /** Makes a public room. */
  public String room(String title) {
    return room(title, "public");
  }

  public String room(String title, String visibility) {
    return call(
            "conversations.create",
            "{kind: 'room', title: '%s', visibility: '%s'}".formatted(title, visibility))
        .at("/conversation/id")
        .stringValue();
  }

  public void join(String room) {
    call("conversations.join", "{id: '%s'}".formatted(room));
  }

  /** Posts a message and returns it. */
  public JsonNode post(String conversation, String content) {
    ObjectNode params =
        Json.MAPPER.createObjectNode().put("conversation", conversation).put("content", content);
    return call("messages.post", params.toString()).path("message");
  }
}
