package dev.parley.bench;

/** Sums over readers of what broke the order of their rooms. Belongs to one thread. */
final class Defects {
  private long missing;
  private long gaps;
  private long late;
  private long duplicates;

  void add(Order order, long head) {
    missing += order.missing(head);
    gaps += order.gaps();
    late += order.late();
    duplicates += order.duplicates();
  }

  void add(Defects other) {
    missing += other.missing;
    gaps += other.gaps;
    late += other.late;
    duplicates += other.duplicates;
  }

  /** Acknowledged messages that a reader does not have. */
  long missing() {
    return missing;
  }

  long gaps() {
    return gaps;
  }

  long late() {
    return late;
  }

  long duplicates() {
    return duplicates;
  }
}
