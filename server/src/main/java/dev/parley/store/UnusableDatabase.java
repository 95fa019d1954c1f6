package dev.parley.store;

/** Why a database cannot be opened, in one line for whoever starts the server. */
public final class UnusableDatabase extends RuntimeException {
  public UnusableDatabase(String line) {
    super(line);
  }

  public UnusableDatabase(String line, Throwable cause) {
    super(line, cause);
  }
}
