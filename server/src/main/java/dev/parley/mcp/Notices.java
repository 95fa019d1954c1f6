package dev.parley.mcp;

/** What may be told of a request while it is under way. */
public interface Notices {
  /**
   * Tells how far it is, if the client wants to know.
   *
   * @param total what {@code progress} ends at
   */
  void progress(double progress, double total);

  /** Tells a line of the log, if the client wants to know those of this level. */
  void log(Level level, String text);

  /** Whether nobody waits for the answer any more. */
  boolean isCancelled();
}
