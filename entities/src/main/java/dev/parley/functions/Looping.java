package dev.parley.functions;

/** Events led to calls that led to events, deeper than is allowed; the last one was refused. */
public final class Looping extends RuntimeException {
  Looping(int depth, String chain) {
    super("events led to one another more than " + depth + " deep: " + chain, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
