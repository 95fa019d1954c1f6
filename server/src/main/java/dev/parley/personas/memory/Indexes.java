package dev.parley.personas.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of the personas that were asked lately. One is read from the database when it is
 * first needed and follows what is written since; what was written is read again, so what is in an
 * index is what is stored. After a forgetting it is given up and read anew.
 */
final class Indexes {
  private static final long MOST_BYTES = 256L << 20;
  private static final int MOST_WORDS = 64;
  private static final int PORTION = 500;
  private static final String ENTRY =
      """
      SELECT m.number, m.text, m.scope, m.about, m.said_by, m.learnt_at, m.superseded_at,
        m.valid_from, m.valid_until, m.embedding, m.vector
      FROM memories m WHERE m.forgotten_at IS NULL AND
      """;

  private final Store store;
  private final String embedding;
  private final Cache<String, Followed> followed =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((String persona, Followed one) -> one.bytes())
          .executor(Runnable::run)
          .build();

  Indexes(Store store, String embedding) {
    this.store = store;
    this.embedding = embedding;
  }

  /** An index with what was written since it was read. */
  private final class Followed {
    private final String persona;
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private @Nullable PersonaIndex index;

    Followed(String persona) {
      this.persona = persona;
    }

    int bytes() {
      return index == null ? 0 : (int) Math.min(Integer.MAX_VALUE, index.bytes());
    }

    synchronized PersonaIndex upToDate() {
      PersonaIndex current = index == null ? read() : index;
      long before = current.bytes();
      for (List<String> ids = next(); !ids.isEmpty(); ids = next()) {
        List<PersonaIndex.Entry> entries = entries(ids);
        if (entries.stream().anyMatch(entry -> misfits(entry, current.dimension()))) {
          index = null;
          return upToDate();
        }
        entries.forEach(current::put);
      }
      boolean grown = index == null || current.bytes() > before;
      index = current;
      if (grown) {
        followed.asMap().replace(persona, this);
      }
      return current;
    }

    private boolean misfits(PersonaIndex.Entry entry, int dimension) {
      return entry.vector().length != 0 && entry.vector().length != dimension;
    }

    private List<String> next() {
      List<String> ids = new ArrayList<>();
      while (ids.size() < PORTION && !written.isEmpty()) {
        ids.add(written.remove());
      }
      return ids;
    }

    private PersonaIndex read() {
      List<PersonaIndex.Entry> all = all();
      int dimension = all.stream().mapToInt(entry -> entry.vector().length).max().orElse(0);
      PersonaIndex fresh = new PersonaIndex(dimension);
      all.forEach(fresh::put);
      return fresh;
    }

    private List<PersonaIndex.Entry> all() {
      return store.read(
          handle -> entries(handle.createQuery(ENTRY + "m.persona = :p").bind("p", persona)));
    }
  }

  /** The index of a persona as the database is now. Blocks. */
  PersonaIndex of(String persona) {
    return followed.get(persona, Followed::new).upToDate();
  }

  /**
   * Whether any persona has one: else whoever edits a message need not wait for a look at whose.
   */
  boolean areInUse() {
    return !followed.asMap().isEmpty();
  }

  /** Statements of a persona were written or superseded. */
  void written(String persona, List<String> ids) {
    Optional.ofNullable(followed.getIfPresent(persona)).ifPresent(one -> one.written.addAll(ids));
  }

  /** Statements of a persona were erased: nothing of what was in the index stays. */
  void erased(String persona) {
    followed.invalidate(persona);
  }

  /** Statements were erased, nobody knows whose. */
  void erased() {
    followed.invalidateAll();
  }

  private List<PersonaIndex.Entry> entries(List<String> ids) {
    return store.read((Handle handle) ->
        entries(handle.createQuery(ENTRY + "m.id IN (<ids>)").bindList("ids", ids)));
  }

  private List<PersonaIndex.Entry> entries(Query query) {
    return query
        .map((row, context) -> {
          byte[] vector = row.getBytes(11);
          return new PersonaIndex.Entry(
              row.getLong(1),
              Tags.of(
                  row.getString(3),
                  Optional.ofNullable(row.getString(4)),
                  Optional.ofNullable(row.getString(5))),
              Words.of(row.getString(2), MOST_WORDS),
              vector == null || !embedding.equals(row.getString(10)) ? new byte[0] : vector,
              row.getLong(6),
              row.getLong(7),
              row.getLong(8),
              row.getLong(9));
        })
        .list();
  }
}
