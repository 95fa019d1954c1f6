package dev.parley.bench.nine;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Crowd;
import dev.parley.bench.Database;
import dev.parley.bench.OwnServer;
import dev.parley.bench.RunClock;
import dev.parley.bench.Tally;
import dev.parley.bench.Waiting;
import dev.parley.bench.personas.ModelStub;
import dev.parley.bench.personas.Protocol;
import dev.parley.bench.personas.Talk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People who talk with a persona whose model takes 0.4 s for a reply. */
final class ModelPeople implements AutoCloseable {
  private static final int TOKENS = 40;
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final RunClock clock = RunClock.started();
  private final ModelStub model = new ModelStub(clock, TOKENS, PAUSE);
  private final OwnServer server;
  private final Client client;
  private final List<Connection> connections;
  private final List<Talk> talks;

  ModelPeople(int people, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(model.settings());
    settings.putAll(more);
    server =
        OwnServer.start(OwnServer.command(), Database.SQLITE, settings, new Crowd(people)::moveIn);
    client = new Client(server.endpoint(), 1, clock, new Tally());
    connections =
        Together.done(people, i -> client.connect(Optional.of(Crowd.token(i))), "connecting");
    String persona = ModelStub.persona(connections.getFirst(), Protocol.OPENAI);
    talks =
        Together.done(
            people, i -> Talk.on(connections.get(i), persona, clock), "meeting the persona");
  }

  OwnServer server() {
    return server;
  }

  Connection connection(int number) {
    return connections.get(number);
  }

  Talk talk(int number) {
    return talks.get(number);
  }

  /** Everybody asks again as soon as they are answered. */
  Outcome saturated(double warmUp, double seconds) {
    List<Asking.Asker> askers =
        talks.stream().<Asking.Asker>map(talk -> () -> talk.ask("What time is it?")).toList();
    return Asking.saturated(server, askers, warmUp, seconds);
  }

  /** How long one waits for the reply to one question, seconds. */
  double wait(int number) {
    long asked = clock.now();
    Talk.Reply reply = Waiting.on(talk(number).ask("What time is it?"), "a reply");
    return (reply.received() - asked) / 1e9;
  }

  @Override
  public void close() {
    connections.forEach(Connection::leave);
    client.close();
    server.close();
    model.close();
  }
}
