package dev.parley.bench;

import dev.parley.store.Change;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.StoreSettings;
import dev.parley.store.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Accounts with a session each, written into a new database before its server starts: to register
 * so many would take a quarter of an hour, as hashing a password is slow by design.
 */
public record Crowd(int accounts) {
  private static final Duration LIFE = Duration.ofDays(30);

  /** The token of one of them. */
  public static String token(int account) {
    return "token-" + account;
  }

  /** Writes them into a database. */
  public void moveIn(Path data, Optional<String> url) {
    StoreSettings settings =
        new StoreSettings(
            data, url, 1, 1, Duration.ofSeconds(30), Duration.ofHours(1), 0, Duration.ZERO);
    InstantSource clock = InstantSource.system();
    try (Store store = Stores.open(settings, new SlowStatements(Duration.ZERO), clock)) {
      Change change = new Change(new Change.Origin("bench", "bench"));
      for (int i = 0; i < accounts; i++) {
        write(change, i, clock.instant());
      }
      var _ = store.commit(change);
    }
  }

  private static void write(Change change, int number, Instant now) {
    String id = "01BENCH%019d".formatted(number);
    String name = "idle-" + number;
    var _ =
        change
            .write(
                "INSERT INTO actors (id, kind, name, name_key) VALUES (?, 'account', ?, ?)",
                id,
                name,
                name)
            .write(
                "INSERT INTO accounts (id, role, created_at) VALUES (?, 'member', ?)",
                id,
                now.toEpochMilli())
            .write(
                """
                INSERT INTO sessions (id, account, kind, token_hash, scopes, created_at, expires_at)
                VALUES (?, ?, 'session', ?, '', ?, ?)\
                """,
                "01SESSN%019d".formatted(number),
                id,
                hash(token(number)),
                now.toEpochMilli(),
                now.plus(LIFE).toEpochMilli());
  }

  /** As the server keeps tokens. */
  private static String hash(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
