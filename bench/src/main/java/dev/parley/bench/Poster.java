package dev.parley.bench;

/** Decides when one connection posts. Works on the connection's event loop. */
sealed interface Poster permits PacedPoster, EagerPoster {

  void start();

  /** Its last post is durable. */
  void acknowledged();

  /** Its last post was not taken. */
  void refused(Refused refusal);
}
