package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the server kept its promises during the run: every reader sees {@code seq} count up by
 * one, everybody sees the same messages, and everything acknowledged arrives everywhere.
 *
 * @param gaps seqs that a reader never saw though it saw later ones
 * @param late seqs that came after a later one
 * @param duplicates seqs that came again
 * @param disagreements a seq with one message for some and another for others
 * @param missing acknowledged messages that a reader does not have at the end
 * @param unanswered posts without any answer at the end
 * @param unreadable texts that were neither an event nor an answer
 * @param refused posts answered with an error, by the server's words
 * @param lost connections that ended, by what ended them
 */
record Verdict(
    long gaps,
    long late,
    long duplicates,
    long disagreements,
    long missing,
    long unanswered,
    long unreadable,
    Map<String, Long> refused,
    Map<String, Long> lost) {

  static Verdict of(Defects defects, Tally tally) {
    return new Verdict(
        defects.gaps(),
        defects.late(),
        defects.duplicates(),
        tally.disagreements.sum(),
        defects.missing(),
        tally.unanswered(),
        tally.unreadable.sum(),
        tally.refused(),
        tally.lost());
  }

  boolean passed() {
    return faults().isEmpty();
  }

  /** What went wrong, a line each. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    count(faults, gaps, "gaps (a seq skipped and never delivered)");
    count(faults, late, "reordered (a seq delivered after a later one)");
    count(faults, duplicates, "duplicates (a seq delivered again)");
    count(faults, disagreements, "disagreements (one seq, different messages)");
    count(faults, missing, "acknowledged messages not delivered to a reader");
    count(faults, unanswered, "posts without an answer");
    count(faults, unreadable, "texts that were neither an event nor an answer");
    refused.forEach((why, times) -> count(faults, times, "posts refused: " + why));
    lost.forEach((why, times) -> count(faults, times, "connections lost: " + why));
    return faults;
  }

  private static void count(List<String> faults, long times, String what) {
    if (times > 0) {
      faults.add(String.format(Locale.ROOT, "%,d %s", times, what));
    }
  }
}
