package dev.parley.bench.personas;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Crowd;
import dev.parley.bench.Database;
import dev.parley.bench.Machine;
import dev.parley.bench.OwnServer;
import dev.parley.bench.RunClock;
import dev.parley.bench.Tally;
import dev.parley.bench.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./parley bench first-token}: how much later than it was written a model's first token
 * reaches whoever asked. The model is a stub in this process that writes the time; server and
 * client are real and talk over sockets.
 */
@Command(
    name = "first-token",
    description = "Measures how soon what a model writes reaches whoever asked.",
    sortOptions = false,
    showDefaultValues = true)
public final class FirstToken implements Callable<Integer> {
  /** Few, so that nobody's conversation must be summed up. */
  private static final int QUESTIONS = 10;

  private static final int WARM_UP = 400;
  private static final int WARM_PEOPLE = 20;
  private static final int CROWD = 4_000;

  @Option(names = "--people", split = ",", defaultValue = "1,20", description = "at once")
  private List<Integer> people = List.of();

  @Option(names = "--replies", defaultValue = "150", description = "to one person, without others")
  private int replies;

  @Option(names = "--each", defaultValue = "30", description = "to each of several people")
  private int each;

  @Option(names = "--tokens", defaultValue = "40", description = "of a reply")
  private int tokens;

  @Option(names = "--pause", defaultValue = "10", description = "between tokens, milliseconds")
  private int pause;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  private final RunClock clock = RunClock.started();
  private final AtomicInteger nextAccount = new AtomicInteger(1);

  @Override
  public Integer call() throws Exception {
    System.out.println(Machine.here().describe());
    boolean passed = true;
    try (ModelStub model = new ModelStub(clock, tokens, Duration.ofMillis(pause));
        OwnServer server =
            OwnServer.start(
                OwnServer.command(), Database.SQLITE, settings(model), new Crowd(CROWD)::moveIn);
        Client client = new Client(server.endpoint(), 1, clock, new Tally())) {
      for (Protocol protocol : Protocol.values()) {
        String persona = persona(client, protocol);
        say("%s: %d tokens a reply, one each %d ms", protocol.brain(), tokens, pause);
        say("  the first reply of all: %s", talk(client, persona, 1, 1).firstDraft());
        talk(client, persona, WARM_PEOPLE, WARM_UP);
        for (int atOnce : people) {
          Promptness found = talk(client, persona, atOnce, atOnce == 1 ? replies : each * atOnce);
          say("  %d at once, %d replies%n%s", atOnce, found.replies(), found.describe());
          passed &= found.isRight();
        }
      }
    }
    return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Map<String, String> settings(ModelStub model) {
    Map<String, String> settings = new HashMap<>(model.settings());
    settings.put("BACKGROUND_WORKERS", people.stream().max(Integer::compare).orElse(1).toString());
    settings.put("PARLEY_REPLY_TOKENS", "4000");
    settings.put("PARLEY_CONTEXT_TOKENS", "32000");
    return settings;
  }

  private static String persona(Client client, Protocol protocol) {
    Connection owner = Waiting.on(client.connect(Optional.of(Crowd.token(0))), "connecting");
    String id = ModelStub.persona(owner, protocol);
    owner.leave();
    return id;
  }

  /** Lets people ask, so many at once, each the next question when the one before is answered. */
  private Promptness talk(Client client, String persona, int atOnce, int count) throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    Promptness found = new Promptness();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      IntStream.range(0, atOnce)
          .forEach(_ -> all.add(threads.submit(() -> askAll(client, persona, left, found))));
      for (Future<?> one : all) {
        one.get();
      }
    }
    return found;
  }

  private void askAll(Client client, String persona, AtomicInteger left, Promptness found) {
    while (left.get() > 0) {
      String token = Crowd.token(nextAccount.getAndIncrement());
      Talk talk = Waiting.on(Talk.begin(client, token, persona, clock), "meeting a persona");
      for (int i = 0; i < QUESTIONS && left.getAndDecrement() > 0; i++) {
        found.add(Waiting.on(talk.ask("What time is it?"), "a reply"));
      }
      talk.leave();
    }
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
