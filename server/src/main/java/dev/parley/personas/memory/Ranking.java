package dev.parley.personas.memory;

import dev.parley.wire.Actor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Puts statements that may answer a question in order. Two lists, by words in common and by
 * likeness, are fused by reciprocal rank (Cormack et al. 2009), so that neither scale matters;
 * importance, recency and use then decide between those that fit about as well. What is good in
 * neither list is no answer: better none than any.
 */
final class Ranking {
  /** The share of a question's words, by weight, that a statement must have to be an answer. */
  static final double ENOUGH_WORDS = 0.47;

  /** The likeness that makes a statement an answer. */
  static final double ENOUGH_LIKENESS = 0.5;

  private static final int FUSION = 10;

  /** How much more the list by words says: of two that lead one list each, theirs is better. */
  private static final double WORDS = 2;

  private static final double NAMED = 0.35;
  private static final int MOST_WORDS = 64;

  private final Asked asked;
  private final long now;

  /**
   * A question as it is compared.
   *
   * @param self the ids of the asker's accounts
   * @param parts its sentences: a statement that answers one of them answers it
   * @param named stems that are names, with the ids of whom they name
   * @param place where it lies as a whole, if that is known
   */
  record Asked(
      Set<String> self, List<Part> parts, Map<String, String> named, Optional<byte[]> place) {

    /** Nobody's statements about themselves answer what somebody else asks about themselves. */
    private boolean mixesUp(Part part, Memory memory) {
      return part.selfish()
          && memory
              .about()
              .filter(about -> about.kind() == Actor.Kind.ACCOUNT)
              .filter(about -> !self.contains(about.id()) && !named.containsValue(about.id()))
              .isPresent();
    }

    private double words(Memory memory) {
      Set<String> words = new HashSet<>(Words.of(memory.text(), MOST_WORDS));
      memory.topic().ifPresent(topic -> words.addAll(Words.of(topic, MOST_WORDS)));
      return parts.stream()
          .filter(part -> !mixesUp(part, memory))
          .mapToDouble(part -> inCommon(part, words, memory.about().map(Actor::id).orElse("")))
          .max()
          .orElse(0);
    }

    /** The share of a part that a statement has: words, and the name of whom it is about. */
    private double inCommon(Part part, Set<String> words, String about) {
      double all = part.selfish() ? NAMED : 0;
      double common = part.selfish() && self.contains(about) ? NAMED : 0;
      for (Map.Entry<String, Double> word : part.weights().entrySet()) {
        boolean has = words.contains(word.getKey()) || about.equals(named.get(word.getKey()));
        all += word.getValue();
        common += has ? word.getValue() : 0;
      }
      return all == 0 ? 0 : common / all;
    }

    private double likeness(Candidate candidate) {
      return parts.stream().anyMatch(part -> mixesUp(part, candidate.memory()))
          ? 0
          : place
              .flatMap(mine -> candidate.place().map(its -> Embedding.likeness(mine, its)))
              .orElse(0.0);
    }
  }

  /**
   * A part of a question.
   *
   * @param weights its stems with what each says
   * @param selfish whether it says "I" or "my"
   */
  record Part(Map<String, Double> weights, boolean selfish) {}

  /** A statement with its place. */
  record Candidate(Memory memory, Optional<byte[]> place) {}

  private record Seen(Memory memory, double words, double likeness) {
    boolean isAnswer() {
      return words >= ENOUGH_WORDS || likeness >= ENOUGH_LIKENESS;
    }
  }

  Ranking(Asked asked, long now) {
    this.asked = asked;
    this.now = now;
  }

  List<Recalled> best(List<Candidate> candidates, int limit) {
    List<Seen> seen =
        candidates.stream()
            .map(one -> new Seen(one.memory(), asked.words(one.memory()), asked.likeness(one)))
            .toList();
    Map<String, Integer> byWords = ranks(seen, Seen::words);
    Map<String, Integer> byLikeness = ranks(seen, Seen::likeness);
    Set<String> said = new HashSet<>();
    return seen.stream()
        .filter(Seen::isAnswer)
        .map(one -> recalled(one, byWords, byLikeness))
        .sorted(
            Comparator.comparingDouble(Recalled::score)
                .reversed()
                .thenComparing(one -> one.memory().id(), Comparator.reverseOrder()))
        .filter(one -> said.add(saying(one.memory())))
        .limit(limit)
        .toList();
  }

  private static String saying(Memory memory) {
    return memory.about().map(Actor::id).orElse("") + ' ' + memory.text();
  }

  private static Map<String, Integer> ranks(List<Seen> seen, ToDoubleFunction<Seen> by) {
    List<Seen> sorted =
        new ArrayList<>(seen.stream().filter(s -> by.applyAsDouble(s) > 0).toList());
    sorted.sort(Comparator.comparingDouble(by).reversed());
    Map<String, Integer> ranks = new HashMap<>();
    double last = Double.NaN;
    int rank = 0;
    for (Seen one : sorted) {
      double value = by.applyAsDouble(one);
      rank = value == last ? rank : rank + 1;
      last = value;
      ranks.put(one.memory().id(), rank);
    }
    return ranks;
  }

  private Recalled recalled(
      Seen seen, Map<String, Integer> byWords, Map<String, Integer> byLikeness) {
    Memory memory = seen.memory();
    long fresh =
        Math.max(
            memory.learntAt().toEpochMilli(),
            memory.lastUsedAt().map(at -> at.toEpochMilli()).orElse(0L));
    double recency = Worth.recency(now - fresh);
    double use = Worth.use(memory.uses());
    double fits =
        (WORDS * part(byWords, memory) + part(byLikeness, memory)) * (FUSION + 1) / (WORDS + 1);
    return new Recalled(
        memory,
        fits * Worth.weight(memory.importance(), recency, use),
        new Recalled.Why(seen.words(), seen.likeness(), memory.importance(), recency, use));
  }

  private static double part(Map<String, Integer> ranks, Memory memory) {
    Integer rank = ranks.get(memory.id());
    return rank == null ? 0 : 1.0 / (FUSION + rank);
  }
}
