package dev.parley.bench.nine;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Crowd;
import dev.parley.bench.Database;
import dev.parley.bench.OwnServer;
import dev.parley.bench.RunClock;
import dev.parley.bench.Stamp;
import dev.parley.bench.Tally;
import dev.parley.bench.Waiting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A handler for each connection: the changes of one connection run one after another, as those of
 * all connections would behind one handler.
 */
final class HandlersStep implements Step {
  private static final String ITEM = "4 a handler for each connection";
  private static final int POSTERS = 50;
  private static final double WARM_UP = 3;
  private static final double SECONDS = 4;

  @Override
  public List<Row> rows() {
    try (OwnServer server =
            OwnServer.start(OwnServer.command(), Database.SQLITE, Map.of(), new Crowd(1)::moveIn);
        Client client = new Client(server.endpoint(), 1, RunClock.started(), new Tally())) {
      List<Connection> connections =
          Together.done(POSTERS, _ -> client.connect(Optional.of(Crowd.token(0))), "connecting");
      List<String> rooms =
          IntStream.range(0, POSTERS).mapToObj(i -> room(connections.getFirst(), i)).toList();
      Outcome each = posting(server, connections, rooms);
      Outcome one = posting(server, List.of(connections.getFirst()), rooms);
      each = posting(server, connections, rooms);
      connections.forEach(Connection::leave);
      String how =
          "all through one connection, whose changes run one after another; each through their own";
      return List.of(
          new Row(
              ITEM,
              "%d who post, each in a room: durable posts a second".formatted(POSTERS),
              whole(one.perSecond()),
              whole(each.perSecond()),
              how),
          new Row(
              ITEM,
              "the same, post to acknowledgement, p50 / p95 / p99 ms",
              one.delays(),
              each.delays(),
              how));
    }
  }

  private static String room(Connection owner, int number) {
    var made =
        owner.call(
            "conversations.create",
            Map.of("kind", "room", "title", "Room " + number, "visibility", "public"));
    return Waiting.on(made, "making a room").at("/conversation/id").asString();
  }

  private static Outcome posting(
      OwnServer server, List<Connection> connections, List<String> rooms) {
    String content = Stamp.blank(200);
    List<Asking.Asker> posters =
        IntStream.range(0, POSTERS)
            .mapToObj(i -> poster(connections.get(i % connections.size()), rooms.get(i), content))
            .toList();
    return Asking.saturated(server, posters, WARM_UP, SECONDS);
  }

  private static Asking.Asker poster(Connection connection, String room, String content) {
    return () -> connection.call("messages.post", Map.of("conversation", room, "content", content));
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
