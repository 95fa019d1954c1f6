package dev.parley.personas.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Change;
import dev.parley.testing.Database;
import dev.parley.wire.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was believed when, of which time, against a list of everything that was ever said. */
class BitemporalTest {
  private static final long SEED = 20261121;
  private static final Duration STEP = Duration.ofMinutes(1);

  /** One that somebody said: what, at which step it was learnt, and since which step it holds. */
  private record Said(String id, int value, int learnt, int from) {}

  /** The truth by brute force: what was known at each step to hold at each step. */
  private static final class Truth {
    final List<int[]> beliefs = new ArrayList<>();
    private final int steps;

    Truth(int steps) {
      this.steps = steps;
      beliefs.add(IntStream.generate(() -> -1).limit(steps).toArray());
    }

    int[] newest() {
      return beliefs.getLast();
    }

    void learns(java.util.function.UnaryOperator<int[]> how) {
      beliefs.add(how.apply(newest().clone()));
    }

    int steps() {
      return steps;
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_was_believed_when_is_as_if_every_step_had_been_written_down(Database database) {
    Random random = new Random(SEED);
    try (Mind mind = new Mind(database)) {
      mind.clock.stop();
      for (int round = 0; round < 6; round++) {
        oneLife(mind, mind.person("somebody" + round), random);
      }
    }
  }

  private void oneLife(Mind mind, Actor somebody, Random random) {
    int steps = 24;
    long start = mind.clock.millis();
    Truth truth = new Truth(steps);
    int since = Integer.MAX_VALUE;
    for (int now = 1; now < steps; now++) {
      mind.clock.advance(STEP);
      int act = random.nextInt(4);
      int value = random.nextInt(1_000_000);
      if (act == 0) {
        truth.learns(old -> old);
        continue;
      }
      if (act == 3 && since != Integer.MAX_VALUE) {
        correct(mind, somebody, value);
        int from = since;
        int known = truth.newest()[steps - 1];
        truth.learns(old -> {
          for (int t = from; t < old.length; t++) {
            old[t] = old[t] == known ? value : old[t];
          }
          return old;
        });
        continue;
      }
      int from = act == 1 ? now : random.nextInt(now + 1);
      int before = since;
      add(mind, somebody, value, start + from * STEP.toMillis());
      truth.learns(old -> {
        int end = from < before ? Math.min(before, old.length) : old.length;
        for (int t = from; t < end; t++) {
          old[t] = from < before && old[t] != -1 ? Math.max(old[t], value) : value;
        }
        return old;
      });
      since = from < before && before != Integer.MAX_VALUE ? before : from;
    }
    for (int known = 0; known < steps; known++) {
      for (int at = 0; at < steps; at++) {
        assertThat(believed(mind, somebody, start, known, at))
            .as("seed %d, known at %d to hold at %d", SEED, known, at)
            .isEqualTo(truth.beliefs.get(known)[at]);
      }
    }
  }

  private static void add(Mind mind, Actor about, int value, long from) {
    mind.memories
        .remembering()
        .add(
            () -> new Change(new Change.Origin("test", "test")),
            new Statement(
                Mind.PERSONA,
                "lives at number " + value,
                Kind.FACT,
                Optional.of("home"),
                0.5,
                Optional.of(about.id()),
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(),
                Instant.ofEpochMilli(from),
                Optional.empty()));
  }

  private static void correct(Mind mind, Actor about, int value) {
    Memory wrong = rows(mind, about, Moment.now(mind.clock)).getFirst();
    mind.memories
        .remembering()
        .correct(
            new Change(new Change.Origin("test", "test")),
            wrong,
            wrong.saying("lives at number " + value, wrong.validFrom(), Optional.empty()));
  }

  private static List<Memory> rows(Mind mind, Actor about, Moment moment) {
    return mind.open
        .store()
        .read(handle ->
            handle
                .createQuery(Memory.SELECT + " WHERE m.about = :about AND " + Moment.BELIEVED)
                .bind("about", about.id())
                .bind("asOf", moment.asOf())
                .bind("validAt", moment.validAt())
                .map((row, context) -> Memory.of(row))
                .list());
  }

  private static int believed(Mind mind, Actor about, long start, int known, int at) {
    Moment moment = new Moment(start + known * STEP.toMillis(), start + at * STEP.toMillis());
    return rows(mind, about, moment).stream()
        .mapToInt(memory -> Integer.parseInt(memory.text().replaceAll("\\D", "")))
        .max()
        .orElse(-1);
  }
}
