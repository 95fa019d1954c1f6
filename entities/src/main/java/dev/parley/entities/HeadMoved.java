package dev.parley.entities;

/** Somebody else's commit came first: what was to be kept is not based on the head. */
public final class HeadMoved extends RuntimeException {
  private final Lineage lineage;
  private final long base;
  private final long head;

  /**
   * @param base the version that the commit was based on; 0 if it was to be the first
   * @param head the version that is the head; 0 if there is none, or if it is not known
   */
  public HeadMoved(Lineage lineage, long base, long head) {
    super(
        base == 0
            ? "@" + lineage + " exists already"
            : "@"
                + lineage
                + ":"
                + base
                + " is not the newest version"
                + (head == 0 ? "" : "; that is " + head),
        null,
        false,
        false);
    this.lineage = lineage;
    this.base = base;
    this.head = head;
  }

  public Lineage lineage() {
    return lineage;
  }

  public long base() {
    return base;
  }

  public long head() {
    return head;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
