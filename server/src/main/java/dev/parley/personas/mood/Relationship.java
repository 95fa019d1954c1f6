package dev.parley.personas.mood;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a persona thinks of a person or of another persona, by what it heard from them. The four
 * sides differ only in which messages are good and bad experiences, and how much.
 *
 * @param counts what it rests on
 */
public record Relationship(
    Counts counts, Measure affinity, Measure trust, Measure respect, Measure familiarity) {
  /** What was said loses half of its weight in this time. */
  static final Duration HALF_LIFE = Duration.ofDays(30);

  /** How many messages it rests on at most: the newest. */
  static final int MOST = 200;

  private static final String FADING =
      " A message loses half of its weight in 30 days; the newest 200 count.";

  static final Measure.Kind AFFINITY =
      new Measure.Kind(
          Tone::value,
          3,
          "(kind - unkind) / (kind + unkind + 3): how kind and how unkind the words were."
              + FADING);
  static final Measure.Kind TRUST =
      new Measure.Kind(
          tone -> tone.isUnkind() ? -3 : 1,
          10,
          "(fair - 3 x unkind) / (fair + 3 x unkind + 10) messages: trust is lost faster than won."
              + FADING);
  static final Measure.Kind RESPECT =
      new Measure.Kind(
          tone -> tone.isUnkind() ? -2 : tone.thanks() ? 1 : 0,
          5,
          "(thanks - 2 x unkind) / (thanks + 2 x unkind + 5) messages." + FADING);
  static final Measure.Kind FAMILIARITY =
      new Measure.Kind(tone -> 1, 20, "messages / (messages + 20)." + FADING);

  /**
   * How many messages it rests on.
   *
   * @param messages all of them; a message may thank besides being kind or neither
   */
  public record Counts(long messages, long kind, long unkind, long thanks) {}

  static Relationship of(List<Heard> heard, long now) {
    return new Relationship(
        new Counts(
            heard.size(),
            count(heard, Tone::isKind),
            count(heard, Tone::isUnkind),
            count(heard, Tone::thanks)),
        AFFINITY.of(heard, now),
        TRUST.of(heard, now),
        RESPECT.of(heard, now),
        FAMILIARITY.of(heard, now));
  }

  private static long count(List<Heard> heard, Predicate<Tone> which) {
    return heard.stream().map(Heard::tone).filter(which).count();
  }

  /** For those who did not write what it rests on. */
  public Relationship withoutMessages() {
    return new Relationship(
        counts,
        affinity.withoutMessages(),
        trust.withoutMessages(),
        respect.withoutMessages(),
        familiarity.withoutMessages());
  }
}
