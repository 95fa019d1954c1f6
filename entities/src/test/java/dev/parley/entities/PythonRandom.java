package dev.parley.entities;

/**
 * The draws of Python's {@code random} for a small seed: MT19937 seeded by an array of one number,
 * and integers of a range by drawing as few bits as hold it until one fits (CPython, {@code
 * _randommodule.c} and {@code random.py}; Matsumoto and Nishimura, 1998).
 */
final class PythonRandom {
  private static final int SIZE = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  PythonRandom(int seed) {
    start(19_650_218);
    for (int i = 1, steps = SIZE; steps > 0; steps--) {
      state[i] = (state[i] ^ mixed(i - 1, 1_664_525)) + seed;
      i = following(i);
    }
    for (int i = 2, steps = SIZE - 1; steps > 0; steps--) {
      state[i] = (state[i] ^ mixed(i - 1, 1_566_083_941)) - i;
      i = following(i);
    }
    state[0] = 0x8000_0000;
  }

  private void start(int seed) {
    state[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = mixed(i - 1, 1_812_433_253) + i;
    }
  }

  private int mixed(int i, int factor) {
    return (state[i] ^ (state[i] >>> 30)) * factor;
  }

  private int following(int i) {
    if (i < SIZE - 1) {
      return i + 1;
    }
    state[0] = state[SIZE - 1];
    return 1;
  }

  /** An integer of a range, both ends included. */
  int between(int first, int last) {
    int count = last - first + 1;
    int bits = 32 - Integer.numberOfLeadingZeros(count);
    int drawn = draw() >>> (32 - bits);
    while (drawn >= count) {
      drawn = draw() >>> (32 - bits);
    }
    return first + drawn;
  }

  private int draw() {
    if (next == SIZE) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c_5680;
    y ^= (y << 15) & 0xefc6_0000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int y = (state[i] & 0x8000_0000) | (state[(i + 1) % SIZE] & 0x7fff_ffff);
      state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908_b0df);
    }
    next = 0;
  }
}
