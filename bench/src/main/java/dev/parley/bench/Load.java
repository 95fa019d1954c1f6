package dev.parley.bench;

import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./parley load}: puts a server under load, checks it while measuring, prints the figures.
 * Exits with 0 if the check passed, 1 if it failed or the run could not be made, 2 for wrong
 * options.
 */
@Command(
    name = "load",
    description = "Puts a server under load, checks it while measuring, prints the figures.",
    sortOptions = false,
    showDefaultValues = true)
public final class Load implements Callable<Integer> {
  private static final int DEFAULT_POSTERS = 50;

  /** Hashing their passwords takes the server a few seconds. */
  private static final int MOST_ACCOUNTS = 100;

  @Option(names = "--connections", defaultValue = "500", description = "open WebSockets")
  private int connections;

  @Option(names = "--rooms", defaultValue = "1", description = "rooms they are spread over")
  private int rooms;

  @Option(names = "--rate", defaultValue = "100", description = "posts a second, all together")
  private double rate;

  @Option(names = "--seconds", defaultValue = "10", description = "measured time")
  private int seconds;

  @Option(names = "--warmup", defaultValue = "3", description = "seconds before measuring")
  private int warmup;

  @Option(names = "--posters", description = "connections that post (default: 50, or all if fewer)")
  private @Nullable Integer posters;

  @Option(
      names = "--saturate",
      description = "each poster posts again as soon as it is answered, instead of --rate")
  private boolean saturate;

  @Option(names = "--size", defaultValue = "200", description = "bytes of a message")
  private int size;

  @Option(names = "--url", description = "a running server (default: start one for the run)")
  private @Nullable String url;

  @Option(
      names = "--database",
      defaultValue = "sqlite",
      description = "of the server started for the run: sqlite, postgresql")
  private Database database = Database.SQLITE;

  @Option(names = "--name", description = "sign in with this account instead of registering")
  private @Nullable String name;

  @Option(names = "--password", description = "of that account", interactive = true, arity = "0..1")
  private @Nullable String password;

  @Option(names = "--invitation", description = "to register with, where it is not open")
  private @Nullable String invitation;

  @Option(
      names = "--accounts",
      description =
          "accounts to register; each hears of all its rooms on each of its connections"
              + " (default: one for each room, at most 100)")
  private @Nullable Integer accounts;

  @Option(names = "--threads", description = "event loops of this tool (default: half the CPUs)")
  private @Nullable Integer threads;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Option(names = "--json", description = "write the figures to this file as well")
  private @Nullable Path json;

  /** Runs the command line. */
  public static void main(String... arguments) {
    CommandLine line =
        new CommandLine(new Load())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Load::explain);
    System.exit(line.execute(arguments));
  }

  private static int explain(Exception thrown, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (thrown instanceof LoadFailure failure) {
      line.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw thrown;
  }

  @Override
  public Integer call() {
    Plan plan = plan();
    Progress progress = new Progress(System.out, onTerminal(), plan);
    progress.step(plan.describe());
    try (Server server = server(progress)) {
      Figures figures = measure(plan, server, progress);
      System.out.println();
      System.out.println(new Report(figures).text());
      if (json != null) {
        Calls.JSON.writerWithDefaultPrettyPrinter().writeValue(json, figures);
      }
      return figures.verdict().passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private Plan plan() {
    int most = Math.max(DEFAULT_POSTERS, rooms);
    int chosen = posters != null ? posters : Math.min(connections, most);
    return new Plan(connections, rooms, chosen, rate, saturate, size, warmup, seconds);
  }

  private static boolean onTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private Server server(Progress progress) {
    if (url != null) {
      return new RemoteServer(Endpoint.of(url));
    }
    progress.step("starting a server");
    return OwnServer.start(OwnServer.command(), database);
  }

  private Figures measure(Plan plan, Server server, Progress progress) {
    RunClock clock = RunClock.started();
    Tally tally = new Tally();
    try (Client client = new Client(server.endpoint(), eventLoops(), clock, tally)) {
      List<Participant> participants = prepare(plan, server, client, progress);
      Figures figures = new Run(plan, server, client, clock, tally, progress).on(participants);
      participants.forEach(participant -> participant.connection().leave());
      return figures;
    }
  }

  private List<Participant> prepare(Plan plan, Server server, Client client, Progress progress) {
    try {
      progress.step("signing in, opening connections");
      List<String> tokens = credentials().tokens(client);
      return new Stage(plan, client, tokens).participants();
    } catch (LoadFailure failure) {
      server.checkAlive();
      throw failure;
    }
  }

  private int eventLoops() {
    return threads != null ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  private Credentials credentials() {
    int chosen = accounts != null ? accounts : Math.min(rooms, MOST_ACCOUNTS);
    return new Credentials(login(), Optional.ofNullable(invitation), chosen);
  }

  private Optional<Credentials.Login> login() {
    if (name == null) {
      return Optional.empty();
    }
    if (password == null) {
      throw new LoadFailure("--name needs --password");
    }
    return Optional.of(new Credentials.Login(name, password));
  }
}
