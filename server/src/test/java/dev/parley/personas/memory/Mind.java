package dev.parley.personas.memory;

import dev.parley.conversations.Message;
import dev.parley.store.Change;
import dev.parley.store.OpenStore;
import dev.parley.testing.Database;
import dev.parley.testing.TestClock;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A real store with a persona that remembers, and people and conversations around it. */
final class Mind implements AutoCloseable {
  static final String PERSONA = "01persona00000000000000aria";

  final TestClock clock = new TestClock();
  final Ids ids = new Ids(clock);
  final OpenStore open;
  final Memories memories;
  private long seq;

  Mind(Database database) {
    this(database, new MemorySettings(10_000, Optional.empty()));
  }

  Mind(Database database, MemorySettings settings) {
    this.open = OpenStore.on(database, 0);
    this.memories = new Memories(open.store(), ids, clock, settings);
    persona(PERSONA, "aria");
  }

  private static Change change() {
    return new Change(new Change.Origin("test", "test"));
  }

  void persona(String id, String name) {
    open.store()
        .commit(
            actor(id, "persona", name)
                .write(
                    "INSERT INTO personas (id, brain, description, created_at) VALUES (?, '', '', 0)",
                    id));
  }

  private static Change actor(String id, String kind, String name) {
    return change()
        .write(
            "INSERT INTO actors (id, kind, name, name_key) VALUES (?, ?, ?, ?)",
            id,
            kind,
            name,
            name.toLowerCase(java.util.Locale.ROOT));
  }

  Actor person(String name) {
    String id = ids.next();
    open.store()
        .commit(
            actor(id, "account", name)
                .write("INSERT INTO accounts (id, role, created_at) VALUES (?, 'member', 0)", id));
    return new Actor(Actor.Kind.ACCOUNT, id, name, Optional.empty());
  }

  String direct(Actor person) {
    return conversation("direct", "private", List.of(PERSONA, person.id()));
  }

  String room(String visibility, Actor... members) {
    List<String> all = new java.util.ArrayList<>(List.of(PERSONA));
    for (Actor member : members) {
      all.add(member.id());
    }
    return conversation("room", visibility, all);
  }

  String roomWithoutPersona(Actor member) {
    return conversation("room", "public", List.of(member.id()));
  }

  private String conversation(String kind, String visibility, List<String> members) {
    String id = ids.next();
    Change change =
        change()
            .write(
                """
                INSERT INTO conversations (id, kind, title, visibility, pair, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, 0)\
                """,
                id,
                kind,
                kind.equals("room") ? "Room" : null,
                visibility,
                kind.equals("room") ? null : id,
                members.getFirst());
    members.forEach(member -> join(change, id, member));
    open.store().commit(change);
    return id;
  }

  private static void join(Change change, String conversation, String member) {
    change.write(
        """
        INSERT INTO members (conversation, actor, role, joined_at, read_seq, read_messages)
        VALUES (?, ?, 'member', 0, 0, 0)\
        """,
        conversation,
        member);
  }

  void write(String sql, Object... parameters) {
    open.store().commit(change().write(sql, parameters));
  }

  /** Somebody says something, and the persona learns from it. */
  Message says(Actor person, String conversation, String text) {
    Message message =
        new Message(
            ids.next(),
            conversation,
            ++seq,
            person,
            text,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Instant.ofEpochMilli(clock.millis()),
            Optional.empty(),
            Optional.empty());
    write(
        """
        INSERT INTO messages (id, conversation, seq, sender, content, at)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        message.id(),
        conversation,
        message.seq(),
        person.id(),
        text,
        clock.millis());
    memories.witness().saw(message);
    return message;
  }

  /** The persona is given a statement that it may say to anybody. */
  String given(String text) {
    return given(text, Optional.empty(), Optional.empty());
  }

  String given(String text, Optional<Actor> about, Optional<String> topic) {
    return memories
        .remembering()
        .add(
            Mind::change,
            new Statement(
                PERSONA,
                text,
                Kind.FACT,
                topic,
                0.5,
                about.map(Actor::id),
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(),
                Instant.ofEpochMilli(clock.millis()),
                Optional.empty()));
  }

  List<Recalled> recall(Actor asker, Optional<String> conversation, String text, int limit) {
    return memories
        .recall()
        .of(new Recall.Question(PERSONA, asker.id(), conversation, text, limit, Moment.now(clock)));
  }

  List<String> texts(Actor asker, String conversation, String text) {
    return recall(asker, Optional.of(conversation), text, 10).stream()
        .map(one -> one.memory().text())
        .toList();
  }

  @Override
  public void close() {
    memories.close();
    open.close();
  }
}
