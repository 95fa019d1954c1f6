package dev.parley.personas.memory;

/**
 * A memory that answers a question.
 *
 * @param score 0 to 1, for the order only
 */
public record Recalled(Memory memory, double score, Why why) {
  /**
   * Why it was recalled; each from 0 to 1.
   *
   * @param words the share of the question's words, by weight, that it has
   * @param likeness how near it lies by the embedding
   * @param recency 1 when just learnt or used, half after each 30 days without
   * @param use towards 1 the more often it was recalled
   */
  public record Why(double words, double likeness, double importance, double recency, double use) {}
}
