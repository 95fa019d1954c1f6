package dev.parley.bench.nine;

import dev.parley.bench.Connection;
import dev.parley.bench.Database;
import dev.parley.bench.Stamp;
import dev.parley.bench.Waiting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A pool of connections to the database. */
final class PoolStep implements Step {
  private static final String ITEM = "5 connection pool";
  private static final int PEOPLE = 50;
  private static final int MESSAGES = 200;
  private static final double WARM_UP = 3;
  private static final double SECONDS = 4;
  private static final Map<String, String> ONE =
      Map.of("DB_POOL_SIZE", "1", "DB_MAX_OVERFLOW", "0");
  private static final Map<String, String> SEVERAL = Map.of();

  @Override
  public List<Row> rows() {
    return List.of(
        row(Database.SQLITE, "DB_POOL_SIZE 1; 4, the standard"),
        row(Database.POSTGRESQL, "DB_POOL_SIZE 1 and DB_MAX_OVERFLOW 0; 4 and 12, the standard"));
  }

  private static Row row(Database database, String how) {
    Outcome one = reading(database, ONE);
    Outcome several = reading(database, SEVERAL);
    return new Row(
        ITEM,
        "%s, %d who read history: pages a second, p99 ms".formatted(database, PEOPLE),
        words(one),
        words(several),
        how);
  }

  private static Outcome reading(Database database, Map<String, String> settings) {
    try (Gathering gathering = Gathering.strangers(PEOPLE, database, settings)) {
      Connection owner = gathering.connections().getFirst();
      String room = room(owner);
      List<Asking.Asker> readers =
          IntStream.range(0, PEOPLE)
              .mapToObj(i -> reader(gathering.connections().get(i), room))
              .toList();
      return Asking.saturated(gathering.server(), readers, WARM_UP, SECONDS);
    }
  }

  private static Asking.Asker reader(Connection connection, String room) {
    return () -> connection.call("messages.list", Map.of("conversation", room));
  }

  private static String room(Connection owner) {
    var params = Map.of("kind", "room", "title", "History", "visibility", "public");
    String room =
        Waiting.on(owner.call("conversations.create", params), "making a room")
            .at("/conversation/id")
            .asString();
    Together.done(
        MESSAGES,
        _ -> owner.call("messages.post", Map.of("conversation", room, "content", Stamp.blank(200))),
        "posting");
    return room;
  }

  private static String words(Outcome outcome) {
    return String.format(Locale.ROOT, "%,.0f, %.1f", outcome.perSecond(), outcome.delay().p99());
  }
}
