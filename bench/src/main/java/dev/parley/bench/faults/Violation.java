package dev.parley.bench.faults;

/** A promise that was not kept. */
record Violation(Kind kind, String what) {

  /** Which promise. */
  enum Kind {
    /** Acknowledged, and not in the log. */
    LOST,
    /** In the log twice. */
    TWICE,
    /** In the log, though nobody sent it. */
    INVENTED,
    /** Acknowledged as something else, or at another place than it has. */
    MISTOLD,
    /** Sent after another one was acknowledged, and before that one in the log. */
    OVERTOOK,
    /** Never acknowledged, though the faults were over and it was sent again. */
    UNANSWERED,
    /** Answered with an error that says neither "later" nor "unknown". */
    REFUSED,
    /** A reader skipped a place. */
    HOLE,
    /** A reader received a place again. */
    REPEATED,
    /** A reader received a place after a later one. */
    LATE,
    /** A reader saw something else at a place than the log has. */
    DIVERGED,
    /** A reader did not get as far as the log goes. */
    BEHIND,
    /** A reader was not taken back where it was. */
    NOT_RECOVERED,
    /** What calls show is not what the log says. */
    STATE,
    /** The server ended by itself, or did not come back. */
    DIED
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
