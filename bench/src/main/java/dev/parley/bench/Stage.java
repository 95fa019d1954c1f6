package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Prepares a run: sessions, rooms, connections, subscriptions. */
final class Stage {
  /** Handshakes under way at a time: more would measure the listen queue. */
  private static final int AT_ONCE = 64;

  private final Plan plan;
  private final Client client;
  private final List<String> tokens;

  Stage(Plan plan, Client client, List<String> tokens) {
    this.plan = plan;
    this.client = client;
    this.tokens = tokens;
  }

  /** Every connection, subscribed to its room. */
  List<Participant> participants() {
    return participants(rooms());
  }

  /** Every connection, subscribed to one of the rooms, which are there. */
  List<Participant> participants(List<Room> rooms) {
    List<Connection> connections = connections();
    List<Participant> participants = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      participants.add(new Participant(connections.get(i), rooms.get(i % rooms.size())));
    }
    subscribe(participants);
    return participants;
  }

  /** Every room is made by an account that uses it; others that use it join. */
  private List<Room> rooms() {
    Room[] rooms = new Room[plan.rooms()];
    asEachAccount((account, connection) -> create(rooms, account, connection));
    asEachAccount((account, connection) -> join(rooms, account, connection));
    return List.of(rooms);
  }

  private void asEachAccount(BiConsumer<Integer, Connection> work) {
    for (int account = 0; account < tokens.size(); account++) {
      Connection connection = connection(tokens.get(account));
      work.accept(account, connection);
      connection.leave();
    }
  }

  private void create(Room[] rooms, int account, Connection connection) {
    for (int i = account; i < rooms.length; i += tokens.size()) {
      rooms[i] = new Room(create(connection, "Load " + (i + 1)));
    }
  }

  private void join(Room[] rooms, int account, Connection connection) {
    IntStream.iterate(account, i -> i < plan.connections(), i -> i + tokens.size())
        .map(i -> i % rooms.length)
        .distinct()
        .filter(room -> room % tokens.size() != account)
        .forEach(room -> join(connection, rooms[room]));
  }

  private static void join(Connection connection, Room room) {
    var params = Map.of("id", room.id());
    var _ = Waiting.on(connection.call("conversations.join", params), "joining a room");
  }

  private static String create(Connection creator, String title) {
    var params = Map.of("kind", "room", "title", title, "visibility", "public");
    var made = Waiting.on(creator.call("conversations.create", params), "creating a room");
    return made.path("conversation").path("id").asString();
  }

  private Connection connection(String token) {
    return Waiting.on(client.connect(Optional.of(token)), "connecting");
  }

  private List<Connection> connections() {
    List<Connection> open = new ArrayList<>();
    while (open.size() < plan.connections()) {
      open.addAll(group(open.size(), Math.min(plan.connections(), open.size() + AT_ONCE)));
    }
    return open;
  }

  private List<Connection> group(int from, int to) {
    List<CompletableFuture<Connection>> opening = new ArrayList<>();
    for (int i = from; i < to; i++) {
      opening.add(client.connect(token(i)));
    }
    return opening.stream().map(one -> Waiting.on(one, "connecting")).toList();
  }

  private Optional<String> token(int connection) {
    return tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(tokens.get(connection % tokens.size()));
  }

  private static void subscribe(List<Participant> participants) {
    List<? extends CompletableFuture<?>> subscribing =
        participants.stream().map(Participant::subscribe).toList();
    subscribing.forEach(one -> Waiting.on(one, "subscribing"));
  }
}
