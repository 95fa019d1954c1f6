package dev.parley.personas.memory;

import java.util.List;

/** Places texts so that those that mean alike lie close to each other. */
public interface Embedding {
  /** Says which one it is; places of different ones cannot be compared. At most 100 characters. */
  String name();

  /**
   * Places texts. May block.
   *
   * @return for each text a vector; all have the same length
   * @throws Unavailable if it cannot now
   */
  List<float[]> of(List<String> texts);

  /** An embedding that does not answer. */
  final class Unavailable extends RuntimeException {
    public Unavailable(String why) {
      super(why, null, false, false);
    }
  }

  /** A vector of length 1 in bytes, of -127 to 127: its direction, at a quarter of the room. */
  static byte[] quantised(float[] vector) {
    double length = 0;
    for (float one : vector) {
      length += (double) one * one;
    }
    double scale = length == 0 ? 0 : 1 / Math.sqrt(length);
    byte[] bytes = new byte[vector.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.clamp(Math.round(vector[i] * scale * SCALE), -127, 127);
    }
    return bytes;
  }

  /** How a length of 1 is written: parts above 127 / 300 = 0.42 are cut, smaller ones finer. */
  int SCALE = 300;

  /** How alike two places are: 1 for the same direction, 0 for nothing in common. */
  static double likeness(byte[] one, byte[] other) {
    long dot = 0;
    long first = 0;
    long second = 0;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      dot += one[i] * other[i];
      first += one[i] * one[i];
      second += other[i] * other[i];
    }
    return first == 0 || second == 0 ? 0 : dot / Math.sqrt((double) first * second);
  }
}
