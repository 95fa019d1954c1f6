package dev.parley.bench;

import java.util.Optional;

/**
 * Everything that grows, at one moment.
 *
 * @param at by the run's clock
 * @param server empty if its process cannot be seen
 * @param tool what this process has used
 */
record Sample(long at, long acknowledged, long delivered, Optional<Usage> server, Usage tool) {

  static Sample now(RunClock clock, Tally tally, Server server) {
    return new Sample(
        clock.now(),
        tally.acknowledged.sum(),
        tally.delivered.sum(),
        server.usage(),
        Usage.of(ProcessHandle.current()));
  }

  /** From an earlier sample to this one. */
  Window since(Sample earlier) {
    return new Window(earlier, this);
  }
}
