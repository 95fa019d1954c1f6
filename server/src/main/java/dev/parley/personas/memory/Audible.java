package dev.parley.personas.memory;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Before whom a memory may be said. Whoever may read where it was said may be reminded of it; so it
 * may be said in a conversation if each member of that may read where it was said, and in a public
 * room only if everybody may. It is asked anew each time: who leaves or is banned hears no more of
 * it, and a room that becomes private takes its memories along.
 *
 * @param asker the id of who is answered
 * @param here the conversation that is answered in; empty if only the asker hears it
 */
record Audible(String persona, String asker, Optional<String> here) {
  /** The most conversations that are looked through besides the one that it is said in. */
  static final int MOST = 500;

  /** Nobody who listens is banned there. */
  private static final String PUBLIC =
      """
      SELECT c.id FROM conversations c WHERE c.visibility = 'public'
      AND EXISTS (SELECT 1 FROM memory_scopes s WHERE s.scope = c.id AND s.persona = :persona)
      AND NOT EXISTS (SELECT 1 FROM bans b WHERE b.conversation = c.id AND (b.actor = :asker
        OR b.actor IN (SELECT h.actor FROM members h WHERE h.conversation = :here)))
      ORDER BY c.id DESC LIMIT :most\
      """;

  /** All who listen are members there. */
  private static final String COMMON =
      """
      SELECT x.conversation FROM members x WHERE x.actor = :asker
      AND EXISTS (SELECT 1 FROM memory_scopes s WHERE s.scope = x.conversation
                  AND s.persona = :persona)
      AND NOT EXISTS (SELECT 1 FROM members h WHERE h.conversation = :here
        AND h.actor <> :persona AND NOT EXISTS (SELECT 1 FROM members w
          WHERE w.conversation = x.conversation AND w.actor = h.actor))
      ORDER BY x.conversation DESC LIMIT :most\
      """;

  private static final String IS_PUBLIC =
      "SELECT id FROM conversations WHERE id = :here AND visibility = 'public'";
  private static final String OTHERS =
      """
      SELECT actor FROM members WHERE conversation = :here AND actor <> :persona
      AND actor <> :asker LIMIT 1\
      """;

  /** What the asker told it alone as somebody of whom it was not known yet who that is. */
  private static final String AS_ANOTHER =
      """
      SELECT i.account FROM identities i WHERE i.person = :asker
      UNION ALL
      SELECT c.id FROM identities i JOIN members x ON x.actor = i.account
      JOIN conversations c ON c.id = x.conversation AND c.kind = 'direct'
      JOIN members p ON p.conversation = c.id AND p.actor = :persona WHERE i.person = :asker\
      """;

  /** What it comes from must be one of these: conversations, accounts of the asker, '' for all. */
  Set<String> scopes(Handle handle) {
    Set<String> scopes = new HashSet<>(Set.of(Statement.EVERYBODY));
    here.ifPresent(scopes::add);
    scopes.addAll(ids(handle, PUBLIC));
    if (here.isEmpty() || ids(handle, IS_PUBLIC).isEmpty()) {
      scopes.addAll(ids(handle, COMMON));
      if (here.isEmpty() || ids(handle, OTHERS).isEmpty()) {
        scopes.add(asker);
        scopes.addAll(ids(handle, AS_ANOTHER));
      }
    }
    return scopes;
  }

  /** The same as tags. */
  Set<String> tags(Handle handle) {
    return scopes(handle).stream().map(Tags::scope).collect(Collectors.toSet());
  }

  private List<String> ids(Handle handle, String sql) {
    return handle
        .createQuery(sql)
        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
        .bind("persona", persona)
        .bind("asker", asker)
        .bind("here", here.orElse(""))
        .bind("most", MOST)
        .mapTo(String.class)
        .list();
  }
}
