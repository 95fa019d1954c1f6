package dev.parley.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that are seeds to which something has happened. */
final class Accidents {
  private static final int MOST = 5;

  private final List<byte[]> seeds;
  private final Random random;

  Accidents(List<byte[]> seeds, Random random) {
    this.seeds = seeds;
    this.random = random;
  }

  byte[] next() {
    byte[] input = anySeed();
    for (int i = random.nextInt(MOST); i >= 0; i--) {
      input = hit(input);
    }
    return input;
  }

  private byte[] anySeed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] hit(byte[] input) {
    int at = random.nextInt(input.length + 1);
    return switch (random.nextInt(5)) {
      case 0 -> changed(input, at);
      case 1 -> together(Arrays.copyOf(input, at), new byte[] {any()}, rest(input, at));
      case 2 -> together(Arrays.copyOf(input, at), rest(input, Math.min(at + 1, input.length)));
      case 3 -> together(Arrays.copyOf(input, at), anySeed(), rest(input, at));
      default -> together(input, rest(input, at));
    };
  }

  private byte[] changed(byte[] input, int at) {
    byte[] changed = input.clone();
    if (at < changed.length) {
      changed[at] = any();
    }
    return changed;
  }

  private byte any() {
    return (byte) random.nextInt(256);
  }

  private static byte[] rest(byte[] input, int from) {
    return Arrays.copyOfRange(input, from, input.length);
  }

  private static byte[] together(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
