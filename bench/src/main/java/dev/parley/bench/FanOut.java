package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./parley bench fan-out}: one room with many readers, on Parley with everything that it
 * does and on servers that only broadcast.
 */
@Command(
    name = "fan-out",
    description = "Measures one room with many readers, beside servers that only broadcast.",
    sortOptions = false,
    showDefaultValues = true)
public final class FanOut implements Callable<Integer> {
  private static final String PARLEY = "Parley";
  private static final String SINGLE = "Parley, a frame each";

  @Option(names = "--connections", defaultValue = "500", description = "readers")
  private int connections;

  @Option(names = "--posters", defaultValue = "500", description = "readers that post as well")
  private int posters;

  @Option(names = "--size", defaultValue = "200", description = "bytes of a message")
  private int size;

  @Option(names = "--rate", defaultValue = "200", description = "posts a second, when paced")
  private double rate;

  @Option(names = "--quick", description = "one round instead of three")
  private boolean quick;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() {
    System.out.println(Machine.here().describe());
    try (OwnServer parley = OwnServer.start(OwnServer.command(), Database.SQLITE)) {
      Visit visit = Visit.to(parley);
      try (Rivals rivals = Rivals.of(visit.script(size))) {
        compare(contestants(parley, visit.tokens(), rivals));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private static List<Contestant> contestants(Server parley, List<String> tokens, Rivals rivals) {
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant(PARLEY, parley, Manner.PARLEY, tokens));
    all.add(rivals.bare());
    all.add(new Contestant(SINGLE, parley, Manner.PLAIN, tokens));
    all.addAll(rivals.node());
    return all;
  }

  private void compare(List<Contestant> contestants) {
    Contest contest = new Contest(contestants, quick ? 1 : 3);
    contest.warmUp(plan(true, 3));
    for (boolean saturate : new boolean[] {true, false}) {
      Plan plan = plan(saturate, quick || !saturate ? 2 : 3);
      Map<String, Score> scores = contest.play(plan);
      System.out.println();
      System.out.println(plan.describe());
      System.out.println(Contest.table(scores, Rivals.BARE));
    }
  }

  private Plan plan(boolean saturate, int seconds) {
    return new Plan(connections, 1, posters, rate, saturate, size, 1, seconds);
  }
}
