package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.conversations.emotion.Emotion;
import dev.parley.conversations.emotion.Feeling;
import dev.parley.conversations.emotion.Label;
import dev.parley.conversations.emotion.Statistic;
import dev.parley.conversations.emotion.Trend;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Shows how people feel: in a conversation, each of them, and in single messages. */
final class Emotions {
  /**
   * How far back a trend looks, in entries of the log: what is older says nothing of where things
   * go, and a reply costs the same however long the conversation is.
   */
  static final int WINDOW = 500;

  private static final int MOST_RECENT = 20;

  private final Store store;
  private final Access access;

  Emotions(Store store, Access access) {
    this.store = store;
    this.access = access;
  }

  record Of(
      @Text(min = 1, max = 40) String conversation,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  /**
   * @param emotion of all who spoke
   * @param items of each of them
   * @param recent the newest messages that have a score, newest first
   */
  record Found(
      Statistic emotion,
      List<OfPerson> items,
      Optional<String> next,
      @About("the newest messages that have a score, newest first") List<Scored> recent,
      AsOf asOf) {}

  record OfPerson(Actor person, Statistic emotion) {}

  /**
   * How one message reads.
   *
   * @param score 0 to 1
   * @param person who wrote it
   */
  record Scored(
      String message,
      long seq,
      String person,
      @About("0 to 1") double score,
      Label label,
      List<Emotion> emotions) {
    /** From the columns id, seq, sender, emotion, emotions. */
    static Scored of(ResultSet row) throws SQLException {
      Feeling feeling = Scoring.of(row.getInt(4), row.getString(5));
      return new Scored(
          row.getString(1),
          row.getLong(2),
          row.getString(3),
          (double) feeling.score() / Feeling.MOST,
          feeling.label(),
          feeling.emotions());
    }

    int thousandths() {
      return (int) Math.round(score * Feeling.MOST);
    }
  }

  record ById(@Text(min = 1, max = 40) String id) {}

  record One(@About("absent if the message has no score") Optional<Scored> emotion) {}

  Found of(Call call, Of input) {
    Paging paging =
        Paging.of(input.limit(), input.cursor(), "conversations.emotion", input.conversation());
    Conversation conversation = access.joined(call.caller(), input.conversation());
    return store.read(handle -> {
      List<Scored> window = window(handle, conversation);
      Page<OfPerson> page =
          paging.page(people(handle, conversation, paging, window), one -> one.person().id());
      return new Found(
          all(handle, conversation, window),
          page.items(),
          page.next(),
          window.subList(0, Math.min(MOST_RECENT, window.size())),
          conversation.asOf());
    });
  }

  private static final String SCORED =
      "SELECT id, seq, sender, emotion, emotions FROM messages WHERE emotion IS NOT NULL AND ";

  private static List<Scored> window(Handle handle, Conversation of) {
    return handle
        .select(SCORED + "conversation = ? AND seq > ? ORDER BY seq DESC", of.id(), from(of))
        .map((row, context) -> Scored.of(row))
        .list();
  }

  private static long from(Conversation of) {
    return of.lastSeq() - WINDOW;
  }

  private static Statistic all(Handle handle, Conversation of, List<Scored> window) {
    return handle
        .select(
            """
            SELECT coalesce(sum(scored), 0), coalesce(sum(total), 0), coalesce(sum(negative), 0),
              coalesce(sum(positive), 0)
            FROM emotion_tallies WHERE conversation = ?\
            """,
            of.id())
        .map((row, context) ->
            Statistic.of(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                newest(window, any -> true)))
        .one();
  }

  private static List<OfPerson> people(
      Handle handle, Conversation of, Paging paging, List<Scored> window) {
    return handle
        .select(
            """
            SELECT n.id, n.kind, n.name, n.display_name, t.scored, t.total, t.negative, t.positive
            FROM emotion_tallies t JOIN actors n ON n.id = t.person
            WHERE t.conversation = ? AND t.person > ? AND t.scored > 0 ORDER BY t.person LIMIT ?\
            """,
            of.id(),
            paging.after(),
            paging.oneMore())
        .map((row, context) -> {
          Actor person = Rows.actor(row, 1);
          return new OfPerson(
              person,
              Statistic.of(
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7),
                  row.getLong(8),
                  newest(window, one -> one.person().equals(person.id()))));
        })
        .list();
  }

  private static List<Integer> newest(List<Scored> window, Predicate<Scored> which) {
    return window.stream().filter(which).limit(Trend.SCORES).map(Scored::thousandths).toList();
  }

  One ofMessage(Call call, ById input) {
    Message message = store.read(handle -> Snapshots.one(handle, input.id()).message());
    try {
      access.joined(call.caller(), message.conversation());
    } catch (Refusal unseen) {
      throw Refusal.notFound("message");
    }
    return new One(
        store.read(handle ->
            handle
                .select(SCORED + "id = ?", input.id())
                .map((row, context) -> Scored.of(row))
                .findOne()));
  }
}
