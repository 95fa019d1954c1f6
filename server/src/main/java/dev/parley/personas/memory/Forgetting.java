package dev.parley.personas.memory;

import dev.parley.accounts.Account;
import dev.parley.accounts.PersonalData;
import dev.parley.calls.Call;
import dev.parley.store.Change;
import dev.parley.store.Store;
import java.time.InstantSource;
import java.util.List;

/**
 * Erases statements for good: the text, its words and its place, with all that it superseded and
 * that superseded it by correction. What stays is an empty row with the ids of the messages, so
 * that they do not teach it again.
 */
final class Forgetting implements PersonalData {
  private static final String OF_ONE = "SELECT x.lineage FROM memories x WHERE x.id = ?";
  private static final String OF_MESSAGE =
      """
      SELECT x.lineage FROM memory_sources s JOIN memories x ON x.id = s.memory
      WHERE s.message = ?\
      """;
  private static final String ABOUT = "SELECT x.lineage FROM memories x WHERE x.about = ?";
  private static final String SAID_BY = "SELECT x.lineage FROM memories x WHERE x.said_by = ?";

  /** What a message alone taught, and nobody corrected or forgot. */
  private static final String ONLY_FROM =
      """
      id IN (SELECT s.memory FROM memory_sources s WHERE s.message = ?)
      AND forgotten_at IS NULL AND lineage = id AND call LIKE 'learnt:%'
      AND NOT EXISTS (SELECT 1 FROM memories o WHERE o.lineage = memories.id AND o.id <> o.lineage)\
      """;

  private final Store store;
  private final InstantSource clock;
  private final FullText fullText;
  private final Indexes indexes;

  Forgetting(Draft.Desk desk) {
    this.store = desk.store();
    this.clock = desk.clock();
    this.fullText = desk.fullText();
    this.indexes = desk.indexes();
  }

  /** Forgets a memory with its history. */
  void one(Change change, Memory memory) {
    erase(change, OF_ONE, memory.id());
    store.commit(change);
    indexes.erased(memory.persona());
  }

  /** Steps that forget what came from a message. */
  void ofMessage(Change change, String message) {
    erase(change, OF_MESSAGE, message);
  }

  /** Steps that take back what a message taught, so that it may teach something else. */
  void unlearn(Change change, String message) {
    remove(change, ONLY_FROM, message);
  }

  private void erase(Change change, String lineages, String of) {
    fullText.forget(change, "lineage IN (" + lineages + ")", of);
    eraseAnswers(change, lineages, of);
    change.write(
        """
        UPDATE memories SET forgotten_at = ?, text = '', topic = NULL, about = NULL, said_by = NULL,
          embedding = NULL, vector = NULL, fingerprint = id
        WHERE forgotten_at IS NULL AND lineage IN (%s)\
        """
            .formatted(lineages),
        clock.millis(),
        of);
  }

  /** What retries of the calls that wrote it would be answered. */
  private static void eraseAnswers(Change change, String lineages, String of) {
    change.write(
        """
        DELETE FROM idempotency
        WHERE caller IN (SELECT c.said_by FROM memories c WHERE c.lineage IN (%1$s))
        AND EXISTS (SELECT 1 FROM memories t WHERE t.lineage IN (%1$s)
                    AND idempotency.answer LIKE '%%"' || t.id || '"%%')\
        """
            .formatted(lineages),
        of,
        of);
  }

  /** Steps that erase all that a persona remembers, when it is no more. */
  void ofPersona(Change change, String persona) {
    fullText.forget(change, "persona = ?", persona);
    change.write("DELETE FROM memories WHERE persona = ?", persona);
    change.write("DELETE FROM memory_scopes WHERE persona = ?", persona);
  }

  @Override
  public String section() {
    return "memories";
  }

  @Override
  public Object export(String account) {
    return store.read(handle ->
        handle
            .select(
                Memory.SELECT
                    + " WHERE (m.about = ? OR m.said_by = ?) AND m.forgotten_at IS NULL"
                    + " ORDER BY m.number",
                account,
                account)
            .map((row, context) -> Memory.of(row))
            .list());
  }

  @Override
  public void erase(Call call, Account account, boolean messages) {
    Change change = call.change();
    erase(change, ABOUT, account.id());
    erase(change, SAID_BY, account.id());
    change.write("DELETE FROM memory_scopes WHERE scope = ?", account.id());
    store.commit(change);
    indexes.erased();
  }

  /** Removes statements without a trace, as when there is no room. */
  void remove(Change change, String persona, List<Long> numbers) {
    numbers.forEach(number -> remove(change, "number = ?", number));
    store.commit(change);
    indexes.erased(persona);
  }

  private void remove(Change change, String condition, Object parameter) {
    fullText.forget(change, condition, parameter);
    change.write("DELETE FROM memories WHERE " + condition, parameter);
  }
}
