package dev.parley.bench;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * A server that takes part in a comparison, and how its clients speak to it.
 *
 * @param tokens of sessions on it; empty for a server without rooms, where all hear everything
 */
record Contestant(String name, Server server, Manner manner, List<String> tokens) {

  /**
   * Makes one run, with connections of its own.
   *
   * @throws LoadFailure if anything was lost, doubled or out of order
   */
  Score run(Plan plan) {
    RunClock clock = RunClock.started();
    Tally tally = new Tally();
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    try (Client client = new Client(server.endpoint(), manner, loops, clock, tally)) {
      List<Participant> all = participants(new Stage(plan, client, tokens));
      Figures figures = new Run(plan, server, client, clock, tally, silent(plan)).on(all);
      all.forEach(participant -> participant.connection().leave());
      check(figures.verdict());
      return Score.of(figures, tally);
    } catch (LoadFailure failure) {
      throw new LoadFailure(name + ": " + failure.getMessage());
    }
  }

  private List<Participant> participants(Stage stage) {
    return tokens.isEmpty() ? stage.participants(List.of(new Room("all"))) : stage.participants();
  }

  private static Progress silent(Plan plan) {
    return new Progress(new PrintStream(OutputStream.nullOutputStream()), false, plan);
  }

  private void check(Verdict verdict) {
    if (!verdict.passed()) {
      throw new LoadFailure(String.join("; ", verdict.faults()));
    }
  }
}
