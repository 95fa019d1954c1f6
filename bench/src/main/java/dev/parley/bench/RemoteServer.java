package dev.parley.bench;

import java.util.Optional;

/** A server that somebody else runs. */
record RemoteServer(Endpoint endpoint) implements Server {

  @Override
  public Optional<Usage> usage() {
    return Optional.empty();
  }

  @Override
  public void checkAlive() {}

  @Override
  public String describe() {
    return "at " + endpoint;
  }

  @Override
  public void close() {}
}
