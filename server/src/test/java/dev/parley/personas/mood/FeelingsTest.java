package dev.parley.personas.mood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of mood, energy and relationships whatever was said. */
class FeelingsTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final int ROUNDS = 300;
  private static final List<Measure.Kind> SIDES =
      List.of(
          Relationship.AFFINITY,
          Relationship.TRUST,
          Relationship.RESPECT,
          Relationship.FAMILIARITY);
  private static final Tone KIND = new Tone(0.7, true);
  private static final Tone UNKIND = new Tone(-0.7, false);

  private final Random random = seeded();

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("FeelingsTest seed " + seed);
    return new Random(seed);
  }

  private void often(Consumer<List<Heard>> property) {
    for (int round = 0; round < ROUNDS; round++) {
      property.accept(heard(random.nextInt(60), 5));
    }
  }

  /** Random messages of a few people within the last two days. */
  private List<Heard> heard(int count, int people) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            said(
                "m" + i,
                "p" + random.nextInt(people),
                random.nextLong(172_800_000),
                new Tone(random.nextInt(-1_000, 1_001) / 1_000.0, random.nextBoolean())))
        .toList();
  }

  private static Heard said(String id, String by, long ago, Tone tone) {
    return new Heard(id, by, NOW - ago, tone);
  }

  private static List<Heard> with(List<Heard> heard, Heard one) {
    return Stream.concat(heard.stream(), Stream.of(one)).toList();
  }

  private static List<Long> times(List<Heard> heard) {
    return heard.stream().map(Heard::at).toList();
  }

  @Test
  void the_order_in_which_it_is_read_does_not_matter() {
    often(heard -> {
      List<Heard> shuffled = new ArrayList<>(heard);
      Collections.shuffle(shuffled, random);
      assertThat(Mood.value(shuffled, NOW)).isEqualTo(Mood.value(heard, NOW));
      assertThat(Relationship.of(shuffled, NOW)).isEqualTo(Relationship.of(heard, NOW));
      assertThat(Energy.of(times(shuffled), NOW, 9)).isEqualTo(Energy.of(times(heard), NOW, 9));
    });
  }

  @Test
  void nothing_leaves_its_scale() {
    often(heard -> {
      assertThat(Math.abs(Mood.value(heard, NOW))).isLessThan(1);
      SIDES.forEach(side -> assertThat(Math.abs(side.value(heard, NOW))).isLessThan(1));
      assertThat(Relationship.FAMILIARITY.value(heard, NOW)).isNotNegative();
      assertThat(Energy.of(times(heard), NOW, 9).left()).isBetween(0.0, 1.0);
    });
  }

  @Test
  void who_is_left_alone_comes_back_to_calm_and_never_goes_away_from_it() {
    often(heard -> {
      double mood = Math.abs(Mood.value(heard, NOW));
      List<Double> sides = SIDES.stream().map(side -> Math.abs(side.value(heard, NOW))).toList();
      for (long later = NOW + 1;
          later < NOW + 1e11;
          later += 1 + random.nextLong(20_000_000_000L)) {
        long then = later;
        assertThat(Math.abs(Mood.value(heard, then))).isLessThanOrEqualTo(mood + 1e-12);
        mood = Math.abs(Mood.value(heard, then));
        List<Double> after = SIDES.stream().map(side -> Math.abs(side.value(heard, then))).toList();
        for (int i = 0; i < SIDES.size(); i++) {
          assertThat(after.get(i)).isLessThanOrEqualTo(sides.get(i) + 1e-12);
        }
        sides = after;
      }
    });
    List<Heard> heard = heard(60, 5);
    assertThat(Mood.value(heard, NOW + Duration.ofDays(10).toMillis())).isCloseTo(0, within(1e-9));
    assertThat(Relationship.AFFINITY.value(heard, NOW + Duration.ofDays(3_000).toMillis()))
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void energy_only_grows_while_nothing_is_asked_and_is_there_again_when_it_was_said_to_be() {
    often(heard -> {
      List<Long> answers = times(heard).stream().map(at -> NOW - (NOW - at) / 100).toList();
      int strength = 1 + random.nextInt(20);
      double before = 0;
      for (long then = NOW; then < NOW + 7_200_000; then += 1 + random.nextLong(600_000)) {
        Energy energy = Energy.of(answers, then, strength);
        assertThat(energy.left()).isGreaterThanOrEqualTo(before);
        before = energy.left();
      }
      Energy.of(answers, NOW, strength)
          .availableAt()
          .map(Instant::toEpochMilli)
          .ifPresent(at -> {
            Energy rested = Energy.of(answers, at, strength);
            assertThat(rested.availableAt()).isEmpty();
            assertThat(rested.left()).isEqualTo(0.5);
            assertThat(Energy.of(answers, at - 1, strength).availableAt()).isPresent();
          });
    });
  }

  @Test
  void a_persona_rests_when_the_last_of_its_strength_is_gone_and_not_before() {
    assertThat(Energy.of(Collections.nCopies(9, NOW), NOW, 10).availableAt()).isEmpty();
    assertThat(Energy.of(Collections.nCopies(10, NOW), NOW, 10))
        .isEqualTo(new Energy(0, Optional.of(Instant.ofEpochMilli(NOW).plus(Energy.HALF_LIFE))));
  }

  @Test
  void nobody_alone_moves_the_mood_beyond_a_half() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Heard> ofOne = heard(1 + random.nextInt(300), 1);
      assertThat(Math.abs(Mood.value(ofOne, NOW))).isLessThanOrEqualTo(0.5);
    }
  }

  @Test
  void nobody_alone_turns_the_mood_that_others_made() {
    List<Heard> others = List.of(said("a", "ada", 0, KIND), said("c", "carl", 0, KIND));
    for (int round = 0; round < ROUNDS; round++) {
      List<Heard> all = new ArrayList<>(others);
      for (int i = 0; i < random.nextInt(200); i++) {
        all.add(said("b" + i, "bob", random.nextLong(1_000), new Tone(-1, false)));
      }
      assertThat(Mood.value(all, NOW)).isPositive();
    }
  }

  @Test
  void a_kind_word_never_harms_a_relationship_and_an_unkind_one_never_helps() {
    often(heard -> {
      List<Heard> kinder = with(heard, said("new", "p0", 0, KIND));
      List<Heard> unkinder = with(heard, said("new", "p0", 0, UNKIND));
      for (Measure.Kind side : SIDES) {
        assertThat(side.value(kinder, NOW)).isGreaterThan(side.value(heard, NOW));
      }
      for (Measure.Kind side : SIDES.subList(0, 3)) {
        assertThat(side.value(unkinder, NOW)).isLessThan(side.value(heard, NOW));
      }
    });
  }

  @Test
  void trust_is_lost_faster_than_it_was_won() {
    List<Heard> fair = IntStream.range(0, 3).mapToObj(i -> said("m" + i, "ada", 0, KIND)).toList();
    assertThat(Relationship.TRUST.value(with(fair, said("bad", "ada", 0, UNKIND)), NOW)).isZero();
  }

  @Test
  void a_side_names_the_messages_that_moved_it_most() {
    List<Heard> heard = new ArrayList<>(heard(20, 1));
    heard.add(said("worst", "p0", 0, new Tone(-1, false)));
    assertThat(Relationship.of(heard, NOW).affinity().messages()).hasSize(5).contains("worst");
    assertThat(Relationship.of(heard, NOW).trust().messages()).contains("worst");
    List<Heard> plain = List.of(said("plain", "p0", 0, new Tone(0, false)));
    assertThat(Relationship.of(plain, NOW).affinity().messages()).isEmpty();
    assertThat(Relationship.of(plain, NOW).familiarity().messages()).containsExactly("plain");
  }
}
