package dev.parley.personas.memory;

import dev.parley.store.Change;
import dev.parley.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change to what a persona remembers, with the ids of what it touches. */
final class Draft {
  private final Desk desk;
  private final Change change;
  private final String persona;
  private final List<String> touched = new ArrayList<>(3);

  /** What it is written with. */
  record Desk(
      Store store, InstantSource clock, FullText fullText, Indexes indexes, Placing placing) {}

  Draft(Desk desk, Change change, String persona) {
    this.desk = desk;
    this.change = change;
    this.persona = persona;
  }

  /** A statement is believed no more: if it still is; else the conflict is {@code current}. */
  void supersede(String old, String by) {
    long now = desk.clock().millis();
    touched.add(old);
    change.require(
        "current",
        """
        UPDATE memories SET superseded_at = CASE WHEN learnt_at > ? THEN learnt_at ELSE ? END,
          superseded_by = ?
        WHERE id = ? AND superseded_at = 9223372036854775807 AND forgotten_at IS NULL\
        """,
        now,
        now,
        by,
        old);
  }

  void insert(String id, String lineage, Statement statement) {
    touched.add(id);
    insertRow(id, lineage, statement);
    desk.fullText().remember(change, id, statement);
    for (String message : statement.messages()) {
      change.write("INSERT INTO memory_sources (message, memory) VALUES (?, ?)", message, id);
    }
    change.write(
        """
        INSERT INTO memory_scopes (scope, persona) VALUES (?, ?)
        ON CONFLICT (scope, persona) DO NOTHING\
        """,
        statement.scope(),
        statement.persona());
  }

  private void insertRow(String id, String lineage, Statement statement) {
    Optional<byte[]> place = desk.placing().of(statement.text());
    change.write(
        """
        INSERT INTO memories (id, lineage, persona, fingerprint, text, kind, topic, importance,
          about, said_by, conversation, scope, sources, call, learnt_at, valid_from, valid_until,
          embedding, vector)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        id,
        lineage,
        statement.persona(),
        statement.fingerprint(),
        statement.text(),
        statement.kind().word(),
        statement.topic().orElse(null),
        statement.importance(),
        statement.about().orElse(null),
        statement.saidBy().orElse(null),
        statement.conversation().orElse(null),
        statement.scope(),
        String.join(" ", statement.messages()),
        change.origin().call(),
        desk.clock().millis(),
        statement.validFrom().toEpochMilli(),
        statement.validUntil().map(Instant::toEpochMilli).orElse(Moment.NEVER),
        place.map(known -> desk.placing().name()).orElse(null),
        place.orElse(null));
  }

  void commit() {
    desk.store().commit(change);
    desk.indexes().written(persona, touched);
  }
}
