package dev.parley.bench.nine;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Crowd;
import dev.parley.bench.Database;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.OwnServer;
import dev.parley.bench.RunClock;
import dev.parley.bench.Tally;
import dev.parley.bench.Waiting;
import dev.parley.bench.personas.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;

/**
 * People on a server of their own, each on their own connection, in their own conversation with a
 * persona that comes with the server and has the scripted brain.
 */
final class Gathering implements AutoCloseable {
  private static final double NANOS = 1e9;
  private static final String PERSONA = "guide";
  private static final List<String> QUESTIONS =
      List.of("hello", "how many messages are there?", "what time is it?");

  private final OwnServer server;
  private final RunClock clock;
  private final Client client;
  private final List<Connection> connections = new ArrayList<>();
  private final List<Guest> guests = new ArrayList<>();

  /**
   * How long it took, in seconds.
   *
   * @param connect until all were connected and signed in
   * @param meet until all had their conversation and listened to it
   */
  record Coming(double connect, double meet) {}

  private Gathering(OwnServer server, RunClock clock) {
    this.server = server;
    this.clock = clock;
    this.client = new Client(server.endpoint(), 1, clock, new Tally());
  }

  /** People in conversation with the persona. */
  static Gathering of(int people, Map<String, String> settings) {
    Gathering gathering = on(Database.SQLITE, people, settings);
    var _ = gathering.grow(people);
    return gathering;
  }

  /** People who do not talk with the persona. */
  static Gathering strangers(int people, Database database, Map<String, String> settings) {
    Gathering gathering = on(database, people, settings);
    gathering.connect(people);
    return gathering;
  }

  /**
   * A server to which nobody has come yet.
   *
   * @param most how many can come
   */
  static Gathering on(Database database, int most, Map<String, String> settings) {
    return new Gathering(
        OwnServer.start(OwnServer.command(), database, settings, new Crowd(most)::moveIn),
        RunClock.started());
  }

  /** Lets people come until there are so many. */
  Coming grow(int people) {
    long start = clock.now();
    connect(people);
    long connected = clock.now();
    meet();
    return new Coming((connected - start) / NANOS, (clock.now() - connected) / NANOS);
  }

  private void connect(int people) {
    int there = connections.size();
    connections.addAll(
        Together.done(
            people - there,
            i -> client.connect(Optional.of(Crowd.token(there + i))),
            "connecting"));
  }

  private void meet() {
    String persona = persona(connections.getFirst());
    int there = guests.size();
    Together.done(
            connections.size() - there,
            i -> Talk.on(connections.get(there + i), persona, clock),
            "meeting the persona")
        .forEach(talk -> guests.add(new Guest(talk)));
  }

  private static String persona(Connection connection) {
    var listed = Waiting.on(connection.call("personas.list", Map.of()), "listing personas");
    return StreamSupport.stream(listed.path("items").spliterator(), false)
        .filter(persona -> persona.path("name").asString("").equals(PERSONA))
        .map(persona -> persona.path("id").asString())
        .findFirst()
        .orElseThrow(() -> new LoadFailure("no persona " + PERSONA + " in " + listed));
  }

  /** One who asks. */
  static final class Guest implements Asking.Asker {
    private final Talk talk;
    private int asked;

    private Guest(Talk talk) {
      this.talk = talk;
    }

    @Override
    public CompletableFuture<?> get() {
      return talk.ask(QUESTIONS.get(asked++ % QUESTIONS.size()));
    }
  }

  OwnServer server() {
    return server;
  }

  List<Connection> connections() {
    return connections;
  }

  /** Those who are there; they ask the persona. */
  List<Guest> guests() {
    return guests;
  }

  /** Everybody asks again as soon as they are answered. */
  Outcome saturated(double warmUp, double seconds) {
    return Asking.saturated(server, guests, warmUp, seconds);
  }

  /** So many questions a second in all. */
  Outcome paced(double rate, double warmUp, double seconds) {
    return Asking.paced(server, guests, rate, warmUp, seconds);
  }

  @Override
  public void close() {
    connections.forEach(Connection::leave);
    client.close();
    server.close();
  }
}
