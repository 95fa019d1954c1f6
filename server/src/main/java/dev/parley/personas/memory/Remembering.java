package dev.parley.personas.memory;

import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes what personas remember. Nothing is overwritten: what is wrong or over is superseded. */
public final class Remembering {
  private static final int ATTEMPTS = 5;
  private static final String CURRENT =
      " AND m.superseded_at = 9223372036854775807 AND m.valid_until = 9223372036854775807";

  private final Store store;
  private final Ids ids;
  private final Draft.Desk desk;

  Remembering(Ids ids, Draft.Desk desk) {
    this.store = desk.store();
    this.ids = ids;
    this.desk = desk;
  }

  /**
   * Remembers a statement.
   *
   * @param change makes the change that it is written with; asked again if somebody else came first
   * @return its id, or that of the one that says the same already
   */
  public String add(Supplier<Change> change, Statement statement) {
    for (int attempt = 1; ; attempt++) {
      try {
        return add(change.get(), statement);
      } catch (Conflict conflict) {
        if (attempt == ATTEMPTS || !isOfAnother(conflict)) {
          throw conflict;
        }
      }
    }
  }

  private static boolean isOfAnother(Conflict conflict) {
    return conflict.guard().equals("current") || conflict.guard().equals(Conflict.CONSTRAINT);
  }

  private String add(Change change, Statement statement) {
    Optional<Memory> before = sameTopic(statement);
    if (before.filter(old -> old.text().equals(statement.text())).isPresent()) {
      return before.get().id();
    }
    String id = ids.next();
    Draft draft = new Draft(desk, change, statement.persona());
    Statement placed = before.map(old -> end(draft, old, id, statement)).orElse(statement);
    draft.insert(id, id, placed);
    try {
      draft.commit();
    } catch (Conflict conflict) {
      return known(placed).orElseThrow(() -> conflict);
    }
    return id;
  }

  /**
   * There is one at a time: the older ends where the newer begins. That it was otherwise before is
   * still known, by a copy that says until when.
   */
  private Statement end(Draft draft, Memory old, String by, Statement next) {
    if (next.validFrom().isBefore(old.validFrom())) {
      return next.endingBy(old.validFrom());
    }
    draft.supersede(old.id(), by);
    if (next.validFrom().isAfter(old.validFrom())) {
      Statement past = old.saying(old.text(), old.validFrom(), Optional.of(next.validFrom()));
      draft.insert(ids.next(), lineage(old.id()), past);
    }
    return next;
  }

  /**
   * Says what is right instead of a statement that was wrong.
   *
   * @return the id of what is believed now
   * @throws Refusal {@code conflict} if it was superseded or forgotten meanwhile
   */
  public String correct(Change change, Memory wrong, Statement right) {
    String id = ids.next();
    Draft draft = new Draft(desk, change, wrong.persona());
    draft.supersede(wrong.id(), id);
    draft.insert(id, lineage(wrong.id()), right);
    try {
      draft.commit();
    } catch (Conflict conflict) {
      throw switch (conflict.guard()) {
        case "current" -> Refusal.conflict("The memory was corrected or forgotten meanwhile");
        case Conflict.CONSTRAINT -> Refusal.conflict("The persona remembers just that already");
        default -> conflict;
      };
    }
    return id;
  }

  private String lineage(String id) {
    return store.read(handle ->
        handle
            .select("SELECT lineage FROM memories WHERE id = ?", id)
            .mapTo(String.class)
            .findOne()
            .orElse(id));
  }

  private Optional<Memory> sameTopic(Statement statement) {
    return statement.topic().isEmpty() || statement.about().isEmpty()
        ? Optional.empty()
        : one(
            " WHERE m.persona = ? AND m.about = ? AND m.topic = ?",
            statement.persona(),
            statement.about().get(),
            statement.topic().get());
  }

  private Optional<String> known(Statement statement) {
    return one(
            " WHERE m.persona = ? AND m.fingerprint = ?",
            statement.persona(),
            statement.fingerprint())
        .map(Memory::id);
  }

  private Optional<Memory> one(String condition, Object... parameters) {
    return store.read(handle ->
        handle
            .select(Memory.SELECT + condition + CURRENT, parameters)
            .map((row, context) -> Memory.of(row))
            .findOne());
  }
}
