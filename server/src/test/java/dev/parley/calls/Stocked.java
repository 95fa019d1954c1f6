package dev.parley.calls;

import dev.parley.testing.Database;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A server that has one of everything that can be read, or very many of each. */
final class Stocked implements AutoCloseable {
  /** So many of everything there are more, once there is much. */
  static final int MANY = 60;

  private static final String NUMBERS =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + MANY + ") ";

  private final TestServer server;
  private final User owner;
  private final String room;
  private final String project;
  private final String message;
  private final long firstVersion;
  private int posted;

  Stocked(Database database) {
    server = TestServer.start(database);
    owner = server.owner();
    project = owner.call("projects.create", "{name: 'First'}").at("/project/id").stringValue();
    room = owner.room("First");
    message = post();
    firstVersion =
        owner.call("history.list", "{id: '%s'}".formatted(room)).at("/items/0/version").longValue();
    owner.call("invitations.create", "{}");
    owner.call("apiKeys.create", "{label: 'first', scopes: ['read']}");
    remember("first");
    awaitIndex();
  }

  User owner() {
    return owner;
  }

  TestServer server() {
    return server;
  }

  /** How each function that only reads is called, so that it has much to tell. */
  Map<String, String> calls() {
    String id = "{id: '%s'}".formatted(room);
    String page = "{id: '%s', limit: 100}".formatted(room);
    Map<String, String> calls = new TreeMap<>();
    List.of(
            "system.ping",
            "functions.list",
            "accounts.me",
            "accounts.export",
            "accounts.identities")
        .forEach(name -> calls.put(name, "{}"));
    List.of(
            "projects.list",
            "conversations.list",
            "personas.list",
            "accounts.list",
            "sessions.list",
            "apiKeys.list",
            "invitations.list")
        .forEach(name -> calls.put(name, "{limit: 100}"));
    calls.put("projects.get", "{id: '%s'}".formatted(project));
    calls.put("conversations.get", id);
    calls.put("conversations.members", page);
    calls.put("messages.list", "{conversation: '%s', limit: 100}".formatted(room));
    calls.put("messages.get", "{id: '%s'}".formatted(message));
    calls.put("messages.emotion", "{id: '%s'}".formatted(message));
    calls.put("conversations.emotion", "{conversation: '%s', limit: 100}".formatted(room));
    calls.put("emotions.history", "{limit: 100}");
    calls.put("escalations.list", "{limit: 100}");
    calls.put("messages.search", "{text: 'common', limit: 100}");
    String persona = persona();
    calls.put("memories.list", "{persona: '%s', limit: 100}".formatted(persona));
    calls.put(
        "memories.search",
        "{persona: '%s', conversation: '%s', text: 'Who is common?', limit: 100}"
            .formatted(persona, room));
    calls.put("memories.export", "{persona: '%s', limit: 100}".formatted(persona));
    calls.put("personas.get", "{id: '%s'}".formatted(persona));
    calls.put("personas.brains", "{}");
    calls.put("memories.stats", "{persona: '%s'}".formatted(persona));
    calls.put("personas.export", "{id: '%s'}".formatted(persona));
    calls.put("personas.context", "{message: '%s'}".formatted(asked(persona)));
    calls.put("personas.mood", "{persona: '%s'}".formatted(persona));
    calls.put("accounts.get", "{id: '%s'}".formatted(owner.id()));
    calls.put("history.list", page);
    calls.put("history.diff", "{id: '%s', from: %d}".formatted(room, firstVersion));
    calls.put("history.asOf", id);
    return calls;
  }

  /** A question that a persona has answered. */
  private String asked(String persona) {
    String direct =
        owner
            .call("personas.converse", "{persona: '%s'}".formatted(persona))
            .at("/conversation/id")
            .stringValue();
    String question = owner.post(direct, "what time is it?").path("id").stringValue();
    Awaitility.await()
        .until(() ->
            owner.tryCall("personas.context", "{message: '%s'}".formatted(question)).status()
                == 200);
    return question;
  }

  private String persona() {
    return owner.call("personas.list", "{}").at("/items/0/id").stringValue();
  }

  private void remember(String what) {
    owner.call(
        "memories.add",
        "{persona: '%s', text: 'is common like %s', about: '%s', shared: true}"
            .formatted(persona(), what, owner.id()));
  }

  /** The names of all functions that only read, as the server tells them. */
  List<String> readers() {
    return functions().stream()
        .filter(function -> function.path("readOnly").booleanValue())
        .map(function -> function.path("name").stringValue())
        .toList();
  }

  /** The names of all functions that go page by page with a cursor. */
  List<String> paged() {
    return functions().stream()
        .filter(function -> function.at("/input/properties").has("cursor"))
        .map(function -> function.path("name").stringValue())
        .toList();
  }

  private List<JsonNode> functions() {
    return owner.call("functions.list", "{}").path("functions").valueStream().toList();
  }

  /** Adds very many of everything. */
  void growMuch() {
    people();
    for (int i = 0; i < MANY; i++) {
      owner.call("projects.create", "{name: 'Project %d'}".formatted(i));
      owner.room("Room " + i);
      owner.call("conversations.update", "{id: '%s', title: 'Title %d'}".formatted(room, i));
      owner.call("invitations.create", "{}");
      remember("the number " + i);
      post();
    }
    reactions();
    feelings();
    awaitIndex();
  }

  private void feelings() {
    write(
        ("INSERT INTO emotion_tallies (conversation, person, scored, total, negative, positive)"
                + " SELECT '%s', 'account' || i, 1, 500, 0, 0 FROM n")
            .formatted(room));
    write(
        ("INSERT INTO escalations (id, conversation, person, message, seq, reason, opened_at)"
                + " SELECT 'escalation' || i, '%s', 'account' || i, '', 1, 'low', 0 FROM n")
            .formatted(room));
  }

  String room() {
    return room;
  }

  String project() {
    return project;
  }

  /** Posts one more message that the search of {@link #calls} finds. */
  String post() {
    posted++;
    return owner.post(room, "a common word for @" + owner.name()).path("id").stringValue();
  }

  private void awaitIndex() {
    Awaitility.await()
        .until(() ->
            owner.call("messages.search", "{text: 'common', limit: 100}").path("items").size()
                == posted);
  }

  private void people() {
    actors("account");
    actors("persona");
    write("INSERT INTO accounts (id, role, created_at) SELECT 'account' || i, 'member', 0 FROM n");
    write(
        ("INSERT INTO identities (account, person, said_by, at)"
                + " SELECT 'account' || i, '%1$s', '%1$s', 0 FROM n WHERE i <= 20")
            .formatted(owner.id()));
    write(
        "INSERT INTO personas (id, brain, description, created_at)"
            + " SELECT 'persona' || i, 'none', '', 0 FROM n");
    write(
        "INSERT INTO members (conversation, actor, role, joined_at, read_seq, read_messages)"
            + " SELECT '%s', 'account' || i, 'member', 0, 0, 0 FROM n".formatted(room));
    for (String kind : List.of("session", "api_key")) {
      write(
          ("INSERT INTO sessions"
                  + " (id, account, kind, token_hash, label, scopes, created_at, expires_at)"
                  + " SELECT '%1$s' || i, '%2$s', '%1$s', '%1$s' || i, '', 'read', 0,"
                  + " 9000000000000 FROM n")
              .formatted(kind, owner.id()));
    }
  }

  private void actors(String kind) {
    write(
        ("INSERT INTO actors (id, kind, name, name_key)"
                + " SELECT '%1$s' || i, '%1$s', '%1$s' || i, '%1$s' || i FROM n")
            .formatted(kind));
  }

  private void reactions() {
    write(
        "INSERT INTO reactions (message, emoji, actor, at)"
            + " SELECT m.id, 'x', 'account' || i, 0 FROM n, messages m");
  }

  /** Both databases take a WITH before INSERT … SELECT. */
  private void write(String insert) {
    Rows.change(server, NUMBERS + insert);
  }

  @Override
  public void close() {
    server.close();
  }
}
