package dev.parley;

import dev.parley.accounts.Invitations;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.StoreSettings;
import dev.parley.store.Stores;
import dev.parley.wire.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the code of an owner's link, beside a running server if there is one. */
final class OwnerCode {
  private OwnerCode() {}

  static Optional<String> fresh(StoreSettings settings, InstantSource clock) {
    SlowStatements slow = new SlowStatements(Duration.ZERO);
    try (Store store = Stores.beside(settings, slow, clock)) {
      return new Invitations(store, new Ids(clock), clock).ownerLink();
    }
  }
}
