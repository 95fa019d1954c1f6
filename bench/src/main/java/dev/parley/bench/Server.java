package dev.parley.bench;

import java.util.Optional;

/** The server under load. */
sealed interface Server extends AutoCloseable permits OwnServer, RemoteServer, RivalServer {

  Endpoint endpoint();

  /** What it has used so far; empty if its process cannot be seen from here. */
  Optional<Usage> usage();

  /**
   * Nothing, as long as it runs.
   *
   * @throws LoadFailure with its last words if it has died
   */
  void checkAlive();

  /** For the report: what kind of server this was. */
  String describe();

  @Override
  void close();
}
