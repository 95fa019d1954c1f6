package dev.parley.delivery;

/** Why the server closes a socket. Codes below 3500 invite to come back. */
public enum CloseReason {
  SHUTDOWN(3001, "shutdown"),
  SLOW(3008, "slow"),
  NO_PONG(3012, "no pong"),
  SESSION_ENDED(3500, "session ended"),
  NOT_SIGNED_IN(3502, "not signed in"),
  REMOVED(3503, "removed by an operator");

  private final int code;
  private final String words;

  CloseReason(int code, String words) {
    this.code = code;
    this.words = words;
  }

  public int code() {
    return code;
  }

  public String words() {
    return words;
  }
}
