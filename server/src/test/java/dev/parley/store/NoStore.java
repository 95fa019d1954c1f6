package dev.parley.store;

/** For sockets behind which nothing is kept. */
public final class NoStore implements Store {
  @Override
  public Committed commit(Change change) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T read(Question<T> question) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void listen(Listener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
