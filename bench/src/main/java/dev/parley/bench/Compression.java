package dev.parley.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench compression}: what permessage-deflate costs the server, and saves. */
@Command(
    name = "compression",
    description = "Measures what compressing events costs the server, and what it saves.",
    sortOptions = false,
    showDefaultValues = true)
public final class Compression implements Callable<Integer> {
  private static final String PLAIN = "as they are";
  private static final String DEFLATED = "permessage-deflate";

  @Option(names = "--connections", defaultValue = "500", description = "readers")
  private int connections;

  @Option(names = "--posters", defaultValue = "500", description = "readers that post as well")
  private int posters;

  @Option(
      names = "--size",
      defaultValue = "2000",
      description = "bytes of a message: English prose")
  private int size;

  @Option(names = "--rate", defaultValue = "100", description = "posts a second, when paced")
  private double rate;

  @Option(names = "--quick", description = "one round of 2 seconds instead of three of 3")
  private boolean quick;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() {
    System.out.println(Machine.here().describe());
    try (OwnServer parley = OwnServer.start(OwnServer.command(), Database.SQLITE)) {
      List<String> tokens = Visit.to(parley).tokens();
      Contest contest =
          new Contest(
              List.of(
                  new Contestant(PLAIN, parley, Manner.PARLEY, tokens),
                  new Contestant(DEFLATED, parley, Manner.DEFLATING, tokens)),
              quick ? 1 : 3);
      contest.warmUp(plan(true, 4));
      print(contest, plan(true, quick ? 2 : 3));
      print(contest, plan(false, quick ? 2 : 3));
    }
    return CommandLine.ExitCode.OK;
  }

  private static void print(Contest contest, Plan plan) {
    Map<String, Score> scores = contest.play(plan);
    System.out.println();
    System.out.println(plan.describe());
    System.out.println(Contest.table(scores, PLAIN));
  }

  private Plan plan(boolean saturate, int seconds) {
    return new Plan(connections, 1, posters, rate, saturate, size, 1, seconds);
  }
}
