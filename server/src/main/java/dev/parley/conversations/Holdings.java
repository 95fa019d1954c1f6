package dev.parley.conversations;

import dev.parley.accounts.Account;
import dev.parley.accounts.PersonalData;
import dev.parley.calls.Call;
import dev.parley.delivery.Topics;
import dev.parley.functions.Json;
import dev.parley.store.Body;
import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What conversations hold of an account: to take along, and to erase. */
final class Holdings implements PersonalData {
  private static final int PORTION = 200;

  private static final String MESSAGES =
      Message.COLUMNS
          + """
          FROM whereabouts w JOIN messages m ON m.conversation = w.conversation
          JOIN actors n ON n.id = m.sender
          WHERE w.actor = ? AND m.sender = w.actor ORDER BY m.number\
          """;

  private final Store store;
  private final InstantSource clock;
  private final Topics topics;
  private final Revising revising;

  Holdings(Store store, InstantSource clock, Topics topics, Revising revising) {
    this.store = store;
    this.clock = clock;
    this.topics = topics;
    this.revising = revising;
  }

  @Override
  public String section() {
    return "conversations";
  }

  private record Membership(String conversation, String role, Instant joinedAt, long readSeq) {}

  private record Reaction(String message, String emoji, Instant at) {}

  private record Emotion(
      String conversation, long scored, long total, long negative, long positive) {}

  @Override
  public Object export(String account) {
    return store.read(handle ->
        Map.of(
            "memberships",
            handle
                .select(
                    """
                    SELECT conversation, role, joined_at, read_seq FROM members
                    WHERE actor = ? ORDER BY conversation\
                    """,
                    account)
                .map((row, context) ->
                    new Membership(
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getLong(4)))
                .list(),
            "messages",
            handle.select(MESSAGES, account).map((row, context) -> Message.of(row)).list(),
            "emotions",
            handle
                .select(
                    """
                    SELECT conversation, scored, total, negative, positive FROM emotion_tallies
                    WHERE person = ? ORDER BY conversation\
                    """,
                    account)
                .map((row, context) ->
                    new Emotion(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)))
                .list(),
            "escalations",
            handle
                .select(Escalation.SELECT + "WHERE e.person = ? ORDER BY e.id", account)
                .map((row, context) -> Escalation.of(row))
                .list(),
            "reactions",
            handle
                .select(
                    "SELECT message, emoji, at FROM reactions WHERE actor = ? ORDER BY at", account)
                .map((row, context) ->
                    new Reaction(
                        row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .list()));
  }

  @Override
  public void erase(Call call, Account account, boolean messages) {
    Actor nameless =
        new Actor(Actor.Kind.ACCOUNT, account.id(), "deleted-" + account.id(), Optional.empty());
    List<String> touched = conversationsOf(account.id());
    if (messages) {
      touched.forEach(conversation -> eraseMessages(call, conversation, account.id()));
    }
    touched.forEach(conversation -> eraseScores(conversation, account.id()));
    touched.forEach(conversation -> eraseName(conversation, nameless));
    leaveAll(nameless);
  }

  private List<String> conversationsOf(String account) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT conversation FROM whereabouts WHERE actor = ?
                UNION SELECT conversation FROM log WHERE actor = ? AND message IS NULL\
                """,
                account,
                account)
            .mapTo(String.class)
            .list());
  }

  private void eraseMessages(Call call, String conversation, String account) {
    long after = 0;
    for (List<Sent> due = messagesOf(conversation, account, after);
        !due.isEmpty();
        due = messagesOf(conversation, account, after)) {
      due.forEach(sent -> revising.delete(call, sent.id()));
      after = due.getLast().seq();
    }
  }

  private record Sent(long seq, String id) {}

  private List<Sent> messagesOf(String conversation, String account, long after) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT seq, id FROM messages
                WHERE conversation = ? AND sender = ? AND seq > ? AND deleted_at IS NULL
                ORDER BY seq LIMIT ?\
                """,
                conversation,
                account,
                after,
                PORTION)
            .map((row, context) -> new Sent(row.getLong(1), row.getString(2)))
            .list());
  }

  /** What was concluded of somebody goes with the account, even if the messages stay. */
  private void eraseScores(String conversation, String account) {
    for (List<Long> scored = scoredOf(conversation, account);
        !scored.isEmpty();
        scored = scoredOf(conversation, account)) {
      Change change = new Change(new Change.Origin("erasure", account));
      scored.forEach(seq ->
          change.write(
              "UPDATE messages SET emotion = NULL, emotions = '' WHERE conversation = ? AND seq = ?",
              conversation,
              seq));
      store.commit(change);
    }
    store.commit(
        new Change(new Change.Origin("erasure", account))
            .write(
                "DELETE FROM emotion_tallies WHERE conversation = ? AND person = ?",
                conversation,
                account)
            .write(
                "DELETE FROM escalations WHERE conversation = ? AND person = ?",
                conversation,
                account)
            .write("UPDATE escalations SET assignee = NULL WHERE assignee = ?", account));
  }

  private List<Long> scoredOf(String conversation, String account) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT seq FROM messages
                WHERE conversation = ? AND sender = ? AND emotion IS NOT NULL
                ORDER BY seq LIMIT ?\
                """,
                conversation,
                account,
                PORTION)
            .mapTo(Long.class)
            .list());
  }

  private record Row(long seq, String body) {}

  /** Takes the name out of every entry of a log that bears it. */
  private void eraseName(String conversation, Actor nameless) {
    long after = 0;
    for (List<Row> rows = bearing(conversation, nameless.id(), after);
        !rows.isEmpty();
        rows = bearing(conversation, nameless.id(), after)) {
      Change change = new Change(new Change.Origin("erasure", nameless.id()));
      rows.forEach(row ->
          change.write(
              "UPDATE log SET body = ? WHERE conversation = ? AND seq = ? AND body = ?",
              without(row.body(), nameless),
              conversation,
              row.seq(),
              row.body()));
      store.commit(change);
      after = rows.getLast().seq();
      topics.rewritten(conversation);
    }
  }

  private List<Row> bearing(String conversation, String account, long after) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT seq, body FROM log
                WHERE conversation = ? AND seq > ? AND body LIKE ? ORDER BY seq LIMIT ?\
                """,
                conversation,
                after,
                "%\"" + account + "\"%",
                PORTION)
            .map((row, context) -> new Row(row.getLong(1), row.getString(2)))
            .list());
  }

  private static String without(String body, Actor nameless) {
    JsonNode data = Json.MAPPER.readTree(body);
    rename(data, nameless);
    return data.toString();
  }

  private static void rename(JsonNode node, Actor nameless) {
    if (node instanceof ObjectNode object
        && object.path("kind").asString("").equals("account")
        && object.path("id").asString("").equals(nameless.id())) {
      object.put("name", nameless.name());
      object.remove("displayName");
    }
    node.forEach(inside -> rename(inside, nameless));
  }

  private void leaveAll(Actor nameless) {
    memberships(nameless.id())
        .forEach(conversation -> {
          Told.OfMember data =
              new Told.OfMember(nameless, Conversation.MemberRole.MEMBER, nameless);
          store.commit(
              new Change(new Change.Origin("erasure", nameless.id()))
                  .append(
                      new Change.Entry(
                          conversation,
                          "member.left",
                          clock.millis(),
                          0,
                          Optional.empty(),
                          Body.of(data)))
                  .require(
                      "member",
                      "DELETE FROM members WHERE conversation = ? AND actor = ?",
                      conversation,
                      nameless.id())
                  .write(
                      "UPDATE conversations SET members = members - 1 WHERE id = ?", conversation)
                  .write(
                      "DELETE FROM mentions WHERE conversation = ? AND actor = ?",
                      conversation,
                      nameless.id()));
        });
  }

  private List<String> memberships(String account) {
    return store.read(handle ->
        handle
            .select("SELECT conversation FROM members WHERE actor = ?", account)
            .mapTo(String.class)
            .list());
  }
}
