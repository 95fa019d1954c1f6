package dev.parley.calls;

import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Answers of requests that bore an idempotency key, for when they come again. The key is claimed in
 * the transaction that does the work, so a repeated request never does it twice; if the process
 * died between the work and the keeping of its answer, the repetition says so.
 */
public final class Replays {
  private final Store store;

  public Replays(Store store) {
    this.store = store;
  }

  /** The key of a caller for one request; another request with the same key is a mistake. */
  public static Change.Idempotency key(
      String caller, String key, String function, JsonNode params) {
    return new Change.Idempotency(caller, key, hash(function + " " + params));
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Keeps what a request was answered. */
  public void keep(Change.Idempotency key, byte[] answer) {
    store.commit(
        new Change(new Change.Origin("replay", key.caller()))
            .write(
                "UPDATE idempotency SET answer = ? WHERE caller = ? AND key = ?",
                new String(answer, StandardCharsets.UTF_8),
                key.caller(),
                key.key()));
  }

  private record Kept(String request, Optional<String> answer) {}

  /**
   * What the first request with this key was answered; empty if there was none.
   *
   * @throws Refusal {@code conflict} if that was another request, or its answer is not known
   */
  public Optional<byte[]> answerOf(Change.Idempotency key) {
    return find(key).map(kept -> answer(key, kept));
  }

  private static byte[] answer(Change.Idempotency key, Kept kept) {
    if (!kept.request().equals(key.request())) {
      throw Refusal.conflict("This Idempotency-Key was used for another request");
    }
    return kept.answer()
        .orElseThrow(() ->
            Refusal.conflict(
                "A request with this Idempotency-Key was done already or is being done; its"
                    + " answer is not kept"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private Optional<Kept> find(Change.Idempotency key) {
    return store.read(handle ->
        handle
            .select(
                "SELECT request, answer FROM idempotency WHERE caller = ? AND key = ?",
                key.caller(),
                key.key())
            .map(
                (row, context) -> new Kept(row.getString(1), Optional.ofNullable(row.getString(2))))
            .findOne());
  }

  /** Forgets answers that are older than a moment, in milliseconds since 1970. */
  public void forgetBefore(long moment) {
    store.commit(
        new Change(new Change.Origin("housekeeping", "server"))
            .write("DELETE FROM idempotency WHERE at < ?", moment));
  }
}
