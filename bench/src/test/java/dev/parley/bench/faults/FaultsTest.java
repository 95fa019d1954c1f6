package dev.parley.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.Database;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A few rounds of what {@code ./parley bench faults} does at length: a real server, killed, stopped
 * and cut off, on a real database that is killed too.
 */
class FaultsTest {

  @ParameterizedTest
  @CsvSource({
    "SQLITE, 5, 'KILL, CUT, LOSE_ANSWERS, DISK_FULL, PAUSE, CLOCK, HALF_CLOSE, DELAY, LOCKED, TRICKLE'",
    "POSTGRESQL, 2, 'KILL, KILL_POSTGRESQL, CUT, LOSE_ANSWERS'"
  })
  void no_acknowledged_message_is_lost_none_comes_twice_and_all_see_one_order(
      Database database, int rounds, String kinds) throws InterruptedException {
    long seed = System.nanoTime();
    System.out.println("seed of the faults on " + database + ": " + seed);
    List<Outcome> outcomes =
        new Ordeal(
                database,
                faults(kinds),
                seed,
                Path.of("target", "faults-" + seed),
                outcome -> System.out.println(outcome.line()))
            .play(rounds);
    assertThat(outcomes)
        .hasSize(rounds + 1)
        .allSatisfy(outcome -> {
          assertThat(outcome.violations()).isEmpty();
          assertThat(outcome.acknowledged()).isGreaterThanOrEqualTo(outcome.posts()).isPositive();
        });
    assertThat(outcomes).anySatisfy(outcome -> assertThat(outcome.unknown()).isPositive());
    assertThat(outcomes).anySatisfy(outcome -> assertThat(outcome.returns()).isPositive());
  }

  private static List<Fault> faults(String kinds) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    for (String kind : kinds.split(", ")) {
      faults.add(Fault.valueOf(kind));
    }
    return List.copyOf(faults);
  }
}
