package dev.parley.personas.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorthTest {
  private static final long SEED = 20261121;

  @Test
  void freshness_halves_with_each_half_life_and_is_whole_at_age_0() {
    long half = Worth.HALF_LIFE.toMillis();
    assertThat(Worth.recency(0)).isEqualTo(1);
    assertThat(Worth.recency(-5_000)).isEqualTo(1);
    assertThat(Worth.recency(half)).isCloseTo(0.5, within(1e-9));
    assertThat(Worth.recency(3 * half)).isCloseTo(0.125, within(1e-9));
  }

  @Test
  void what_is_more_important_fresher_or_more_used_is_never_worth_less() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double importance = random.nextDouble();
      long age = random.nextLong(400L * 86_400_000);
      long uses = random.nextLong(100);
      double weight = weight(importance, age, uses);
      assertThat(weight).as("seed " + SEED).isBetween(0.6, 1.0);
      assertThat(weight(Math.min(1, importance + random.nextDouble()), age, uses))
          .isGreaterThanOrEqualTo(weight);
      assertThat(weight(importance, age - random.nextLong(age + 1), uses))
          .isGreaterThanOrEqualTo(weight);
      assertThat(weight(importance, age, uses + random.nextLong(50)))
          .isGreaterThanOrEqualTo(weight);
    }
  }

  private static double weight(double importance, long age, long uses) {
    return Worth.weight(importance, Worth.recency(age), Worth.use(uses));
  }

  @Test
  void pruning_keeps_so_many_and_none_that_is_worth_less_than_one_that_goes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      List<Pruning.Leaf> all = new ArrayList<>();
      long now = 1_000L * 86_400_000;
      int count = random.nextInt(60);
      for (int n = 0; n < count; n++) {
        long learnt = random.nextLong(now);
        all.add(
            new Pruning.Leaf(
                n,
                "m" + n,
                Optional.of("only"),
                random.nextDouble(),
                learnt,
                random.nextInt(4) > 0,
                random.nextInt(9),
                0));
      }
      int keep = random.nextInt(60);
      List<Pruning.Leaf> gone = Pruning.chosen(all, keep, now);
      List<Pruning.Leaf> kept = new ArrayList<>(all);
      kept.removeAll(gone);
      assertThat(kept).as("seed " + SEED).hasSize(Math.min(keep, count));
      for (Pruning.Leaf one : kept) {
        assertThat(gone)
            .allMatch(other ->
                other.believed()
                    ? one.believed() && one.keeping(now) >= other.keeping(now)
                    : one.believed() || one.number() > other.number());
      }
    }
  }

  @Test
  void who_tells_very_much_pushes_out_only_what_they_told_themselves() {
    List<Pruning.Leaf> all = new ArrayList<>();
    for (int n = 0; n < 1_000; n++) {
      all.add(leaf(n, Optional.of("eve"), 1));
    }
    for (int n = 0; n < 10; n++) {
      all.add(leaf(2_000 + n, Optional.of("ada"), 0.1));
      all.add(leaf(3_000 + n, Optional.empty(), 0));
    }
    assertThat(Pruning.chosen(all, 100, 0))
        .hasSize(920)
        .allMatch(gone -> gone.teller().equals(Optional.of("eve")));
    assertThat(Pruning.chosen(all, 10, 0)).allMatch(gone -> gone.teller().isPresent());
  }

  private static Pruning.Leaf leaf(long number, Optional<String> teller, double importance) {
    return new Pruning.Leaf(number, "m" + number, teller, importance, 0, true, 0, 0);
  }
}
