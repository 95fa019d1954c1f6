package dev.parley.personas.memory;

import dev.parley.store.Change;
import dev.parley.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places texts by an embedding that may fail: then it is left alone for a while, what is written
 * meanwhile has no place, is found by its words, and is placed later.
 */
final class Placing {
  private static final Logger LOG = LoggerFactory.getLogger(Placing.class);
  private static final Duration REST = Duration.ofSeconds(30);
  private static final int PORTION = 64;

  private final Embedding embedding;
  private final Store store;
  private final Indexes indexes;
  private final InstantSource clock;
  private volatile long restsUntil;

  Placing(Embedding embedding, Store store, Indexes indexes, InstantSource clock) {
    this.embedding = embedding;
    this.store = store;
    this.indexes = indexes;
    this.clock = clock;
  }

  String name() {
    return embedding.name();
  }

  /** Where a text lies, if that can be known now. */
  Optional<byte[]> of(String text) {
    return of(List.of(text)).map(List::getFirst);
  }

  private Optional<List<byte[]>> of(List<String> texts) {
    if (clock.millis() < restsUntil) {
      return Optional.empty();
    }
    try {
      return Optional.of(embedding.of(texts).stream().map(Embedding::quantised).toList());
    } catch (Embedding.Unavailable unavailable) {
      LOG.warn(
          "the embedding {} does not answer; memories are found by words alone for {} s: {}",
          embedding.name(),
          REST.toSeconds(),
          unavailable.getMessage());
      restsUntil = clock.millis() + REST.toMillis();
      return Optional.empty();
    }
  }

  private record Unplaced(long number, String id, String persona, String text) {}

  /** What was placed by another embedding has no place any more. */
  void forgetOthers() {
    store.commit(
        new Change(new Change.Origin("start", "server"))
            .write(
                "UPDATE memories SET embedding = NULL, vector = NULL WHERE embedding <> ?",
                embedding.name()));
  }

  /** Places what has no place yet. */
  void sweep() {
    List<Unplaced> due = unplaced();
    if (!due.isEmpty()) {
      of(due.stream().map(Unplaced::text).toList()).ifPresent(places -> write(due, places));
    }
  }

  private void write(List<Unplaced> due, List<byte[]> places) {
    Change change = new Change(new Change.Origin("embedding", "server"));
    for (int i = 0; i < due.size(); i++) {
      change.write(
          """
          UPDATE memories SET embedding = ?, vector = ?
          WHERE number = ? AND forgotten_at IS NULL\
          """,
          embedding.name(),
          places.get(i),
          due.get(i).number());
    }
    store.commit(change);
    due.forEach(one -> indexes.written(one.persona(), List.of(one.id())));
  }

  private List<Unplaced> unplaced() {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT number, id, persona, text FROM memories
                WHERE vector IS NULL AND forgotten_at IS NULL ORDER BY number LIMIT ?\
                """,
                PORTION)
            .map((row, context) ->
                new Unplaced(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
            .list());
  }
}
