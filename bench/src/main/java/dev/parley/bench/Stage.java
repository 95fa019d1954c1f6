package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
    List<Room> rooms = rooms();
    List<Connection> connections = connections();
    List<Participant> participants = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      participants.add(new Participant(connections.get(i), rooms.get(i % rooms.size())));
    }
    subscribe(participants);
    return participants;
  }

  private List<Room> rooms() {
    Connection creator = connection(tokens.getFirst());
    List<Room> rooms = new ArrayList<>();
    for (int i = 1; i <= plan.rooms(); i++) {
      rooms.add(new Room(create(creator, "Load " + i)));
    }
    creator.leave();
    tokens.stream().skip(1).forEach(token -> join(token, rooms));
    return rooms;
  }

  private static String create(Connection creator, String title) {
    var params = Map.of("kind", "room", "title", title, "visibility", "public");
    var made = Waiting.on(creator.call("conversations.create", params), "creating a room");
    return made.path("conversation").path("id").asString();
  }

  private void join(String token, List<Room> rooms) {
    Connection member = connection(token);
    for (Room room : rooms) {
      var params = Map.of("id", room.id());
      var _ = Waiting.on(member.call("conversations.join", params), "joining a room");
    }
    member.leave();
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
      opening.add(client.connect(Optional.of(tokens.get(i % tokens.size()))));
    }
    return opening.stream().map(one -> Waiting.on(one, "connecting")).toList();
  }

  private static void subscribe(List<Participant> participants) {
    List<? extends CompletableFuture<?>> subscribing =
        participants.stream().map(Participant::subscribe).toList();
    subscribing.forEach(one -> Waiting.on(one, "subscribing"));
  }
}
