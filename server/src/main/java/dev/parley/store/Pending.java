package dev.parley.store;

import java.util.concurrent.CompletableFuture;

/** A change that waits, and whoever waits for it. */
record Pending(Change change, CompletableFuture<Committed> outcome) {
  Pending(Change change) {
    this(change, new CompletableFuture<>());
  }
}
