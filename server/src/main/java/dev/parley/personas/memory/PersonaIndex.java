package dev.parley.personas.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where one persona's statements lie, in memory: what is near to a question is found by looking at
 * all that may be looked at. Coordinates are kept column by column in blocks, so that only those
 * that the question has are touched, and the processor takes many statements at a time. Of the text
 * it keeps which words a statement has, as numbers: so what the database's full-text index found is
 * put in order here, by what each word says among this persona's statements alone.
 */
final class PersonaIndex {
  private static final int BLOCK = 256;
  private static final int STRONGEST = 64;

  private final int dimension;
  private final List<Block> blocks = new ArrayList<>();
  private final Map<Long, Integer> places = new HashMap<>();
  private final Map<String, Integer> tagNumbers = new HashMap<>();
  private final Vocabulary vocabulary = new Vocabulary();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  PersonaIndex(int dimension) {
    this.dimension = dimension;
  }

  /**
   * A statement as it is found.
   *
   * @param vector where it lies; empty if that is not known
   */
  record Entry(
      long number,
      List<String> tags,
      List<String> words,
      byte[] vector,
      long learntAt,
      long supersededAt,
      long validFrom,
      long validUntil) {}

  private record Near(long number, int score) {}

  private record Fit(long number, double score) {}

  private static final class Block {
    final byte[][] columns;
    final Entry[] entries = new Entry[BLOCK];
    final int[][] tags = new int[BLOCK][];
    final int[][] words = new int[BLOCK][];

    Block(int dimension) {
      columns = new byte[dimension][BLOCK];
    }
  }

  int dimension() {
    return dimension;
  }

  /** Roughly what it takes in memory. */
  long bytes() {
    return blocks.size() * (long) BLOCK * (dimension + 260) + vocabulary.size() * 80L;
  }

  int size() {
    return places.size();
  }

  /** Takes a statement in, or what has changed of it. */
  void put(Entry entry) {
    lock.writeLock().lock();
    try {
      boolean isNew = !places.containsKey(entry.number());
      int place = places.computeIfAbsent(entry.number(), number -> places.size());
      if (place / BLOCK == blocks.size()) {
        blocks.add(new Block(dimension));
      }
      Block block = blocks.get(place / BLOCK);
      set(block, place % BLOCK, entry);
      if (isNew) {
        vocabulary.count(block.words[place % BLOCK]);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void set(Block block, int at, Entry entry) {
    for (int i = 0; i < Math.min(dimension, entry.vector().length); i++) {
      block.columns[i][at] = entry.vector()[i];
    }
    block.tags[at] =
        entry.tags().stream()
            .mapToInt(tag -> tagNumbers.computeIfAbsent(tag, one -> tagNumbers.size()))
            .toArray();
    block.words[at] = vocabulary.numbers(entry.words());
    block.entries[at] = bare(entry);
  }

  private static Entry bare(Entry entry) {
    return new Entry(
        entry.number(),
        List.of(),
        List.of(),
        new byte[0],
        entry.learntAt(),
        entry.supersededAt(),
        entry.validFrom(),
        entry.validUntil());
  }

  /** How many of the words' statements may be looked at without taking long: the rarest words. */
  List<String> rarest(Collection<String> words, int statements) {
    lock.readLock().lock();
    try {
      List<String> chosen = new ArrayList<>();
      int sum = 0;
      for (String word : known(words)) {
        sum += vocabulary.frequency(word);
        if (!chosen.isEmpty() && sum > statements) {
          break;
        }
        chosen.add(word);
      }
      return chosen;
    } finally {
      lock.readLock().unlock();
    }
  }

  private Optional<Fit> fit(long number, double[] weights, Moment moment) {
    Integer place = places.get(number);
    if (place == null || !sees(moment, blocks.get(place / BLOCK), place % BLOCK)) {
      return Optional.empty();
    }
    int[] words = blocks.get(place / BLOCK).words[place % BLOCK];
    return Optional.of(new Fit(number, Arrays.stream(words).mapToDouble(w -> weights[w]).sum()));
  }

  private List<String> known(Collection<String> words) {
    return words.stream()
        .filter(word -> vocabulary.frequency(word) > 0)
        .sorted(Comparator.comparing(vocabulary::frequency))
        .toList();
  }

  /** How much a word says: the rarer, the more. Known words say at least 1. */
  double weight(String word) {
    lock.readLock().lock();
    try {
      return 1 + Math.log((size() + 1.0) / (vocabulary.frequency(word) + 1.0)) / 2;
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Of these statements, the numbers of those whose words say most; of equals the newest first.
   *
   * @param weights what each word says
   */
  List<Long> fittest(
      Collection<Long> numbers, Map<String, Double> weights, Moment moment, int limit) {
    lock.readLock().lock();
    try {
      double[] spread = vocabulary.spread(weights);
      return numbers.stream()
          .flatMap(number -> fit(number, spread, moment).stream())
          .sorted(Comparator.comparingDouble(Fit::score).thenComparingLong(Fit::number).reversed())
          .limit(limit)
          .map(Fit::number)
          .toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The numbers of the statements that lie nearest, of those that bear one of the tags. */
  List<Long> nearest(byte[] question, Collection<String> tags, Moment moment, int limit) {
    lock.readLock().lock();
    try {
      Set<Integer> allowed = new HashSet<>();
      tags.stream().filter(tagNumbers::containsKey).map(tagNumbers::get).forEach(allowed::add);
      boolean[] admitted = new boolean[tagNumbers.size()];
      allowed.forEach(number -> admitted[number] = true);
      int[] strongest = strongest(question);
      PriorityQueue<Near> best = new PriorityQueue<>(Comparator.comparingInt(Near::score));
      for (Block block : blocks) {
        scan(block, question, strongest, admitted, moment, limit, best);
      }
      return best.stream()
          .sorted(Comparator.comparingInt(Near::score).reversed())
          .map(Near::number)
          .toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  private int[] strongest(byte[] question) {
    return java.util.stream.IntStream.range(0, Math.min(dimension, question.length))
        .boxed()
        .filter(i -> question[i] != 0)
        .sorted(Comparator.comparingInt(i -> -Math.abs(question[i])))
        .limit(STRONGEST)
        .mapToInt(i -> i)
        .toArray();
  }

  private static void scan(
      Block block,
      byte[] question,
      int[] strongest,
      boolean[] admitted,
      Moment moment,
      int limit,
      PriorityQueue<Near> best) {
    int[] scores = new int[BLOCK];
    for (int i : strongest) {
      accumulate(scores, block.columns[i], question[i]);
    }
    for (int at = 0; at < BLOCK; at++) {
      int worst = best.size() < limit ? 0 : best.element().score();
      if (scores[at] > worst && bears(block.tags[at], admitted) && sees(moment, block, at)) {
        best.add(new Near(block.entries[at].number(), scores[at]));
        if (best.size() > limit) {
          best.remove();
        }
      }
    }
  }

  private static void accumulate(int[] scores, byte[] column, int factor) {
    for (int i = 0; i < BLOCK; i++) {
      scores[i] += factor * column[i];
    }
  }

  private static boolean bears(int[] tags, boolean[] admitted) {
    for (int tag : tags) {
      if (admitted[tag]) {
        return true;
      }
    }
    return false;
  }

  private static boolean sees(Moment moment, Block block, int at) {
    Entry entry = block.entries[at];
    return moment.sees(
        entry.learntAt(), entry.supersededAt(), entry.validFrom(), entry.validUntil());
  }
}
