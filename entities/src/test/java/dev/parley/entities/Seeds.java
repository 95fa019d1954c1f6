package dev.parley.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random things for tests; the seed is printed, and {@code -Dseed=…} repeats it. */
final class Seeds {
  private Seeds() {}

  static Random random() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  /** So many objects, each of its own identity. */
  static List<Object> things(int size) {
    return IntStream.range(0, size).mapToObj(Thing::new).map(Object.class::cast).toList();
  }

  /** Objects of which some are there several times. */
  static List<Object> things(Random random, int size) {
    List<Object> few = things(5);
    List<Object> things = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      things.add(random.nextInt(10) == 0 ? few.get(random.nextInt(5)) : new Thing(i));
    }
    return things;
  }

  static int[] sizes(Sequence<?> sequence) {
    return sequence.chunks().stream().mapToInt(Chunk::size).toArray();
  }

  /** Equal only to itself, so that a copy is told from its original. */
  private static final class Thing {
    private final int number;

    Thing(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "thing " + number;
    }
  }
}
