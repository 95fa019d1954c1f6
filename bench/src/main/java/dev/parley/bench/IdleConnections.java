package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./parley bench connections}: what a socket that is signed in and says nothing costs the
 * server in resident memory, and how fast sockets come. Each belongs to an account of its own. The
 * memory of the first ones is not counted, as it is that of the server itself; and a collection of
 * garbage goes before each reading. The kernel's memory for a socket is in no process and not in
 * this figure.
 */
@Command(
    name = "connections",
    description = "Measures what an idle signed-in socket costs, and how fast sockets come.",
    showDefaultValues = true)
public final class IdleConnections implements Callable<Integer> {
  private static final int AT_ONCE = 256;
  private static final int SETTLE_MILLIS = 3_000;
  private static final double KIB = 1024;

  @Option(names = "--connections", defaultValue = "19000", description = "sockets in all")
  private int connections;

  @Option(names = "--first", defaultValue = "1000", description = "that are not counted")
  private int first;

  @Option(names = "--histogram", description = "show what fills the server's heap at the end")
  private boolean histogram;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() {
    Machine machine = Machine.here();
    say("writing %,d accounts, starting a server", connections);
    try (OwnServer server =
            OwnServer.start(OwnServer.command(), Database.SQLITE, new Crowd(connections)::moveIn);
        Client client = new Client(server.endpoint(), 1, RunClock.started(), new Tally())) {
      ProcessHandle process = server.javaProcess().orElseThrow();
      List<Connection> open = new ArrayList<>();
      open(client, open, first);
      long before = resident(process);
      say("%,6d sockets: %,8.0f KiB resident", first, before / KIB);
      double seconds = open(client, open, connections);
      server.checkAlive();
      long after = resident(process);
      say("%,6d sockets: %,8.0f KiB resident", connections, after / KIB);
      report(machine, (after - before) / KIB / (connections - first), seconds);
      if (histogram) {
        jcmd(process, "GC.class_histogram", ProcessBuilder.Redirect.INHERIT);
      }
      open.forEach(Connection::leave);
      return 0;
    }
  }

  private void report(Machine machine, double each, double seconds) {
    int counted = connections - first;
    say("");
    say("resident memory of each further socket  %.2f KiB (the aim: at most 12)", each);
    say(
        "handshakes with a token                 %,.0f a second (%,d in %.1f s, %d at once)",
        counted / seconds, counted, seconds, AT_ONCE);
    say("machine                                 %s", machine.describe());
  }

  /** Opens sockets until there are so many; how long that took, in seconds. */
  private static double open(Client client, List<Connection> open, int upTo) {
    Semaphore room = new Semaphore(AT_ONCE);
    AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    List<CompletableFuture<Connection>> all = new ArrayList<>();
    long began = System.nanoTime();
    for (int i = open.size(); i < upTo && failure.get().isEmpty(); i++) {
      room.acquireUninterruptibly();
      var opening = client.connect(Optional.of(Crowd.token(i)));
      all.add(opening);
      var _ =
          opening.whenComplete((_, failed) -> {
            room.release();
            Optional.ofNullable(failed).ifPresent(why -> failure.set(Optional.of(why)));
          });
    }
    all.forEach(one -> open.add(Waiting.on(one, "connecting")));
    return (System.nanoTime() - began) / 1e9;
  }

  /** Resident bytes after a collection, when nothing is under way any more. */
  private static long resident(ProcessHandle process) {
    Pause.millis(SETTLE_MILLIS);
    jcmd(process, "GC.run", ProcessBuilder.Redirect.DISCARD);
    jcmd(process, "GC.run", ProcessBuilder.Redirect.DISCARD);
    Pause.millis(SETTLE_MILLIS);
    return Usage.of(process).residentBytes();
  }

  private static void jcmd(ProcessHandle process, String what, ProcessBuilder.Redirect to) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      int exit =
          new ProcessBuilder(tool.toString(), String.valueOf(process.pid()), what)
              .redirectErrorStream(true)
              .redirectOutput(to)
              .start()
              .waitFor();
      if (exit != 0) {
        throw new LoadFailure("jcmd " + what + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new LoadFailure("jcmd is missing: " + e.getMessage());
    } catch (InterruptedException _) {
      throw new LoadFailure("interrupted");
    }
  }

  private static void say(String line, Object... figures) {
    System.out.println(String.format(Locale.ROOT, line, figures));
  }
}
