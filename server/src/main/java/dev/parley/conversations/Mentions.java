package dev.parley.conversations;

import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the members that a text addresses as {@code @name}. */
final class Mentions {
  private static final int MOST = 20;
  private static final Pattern AT =
      Pattern.compile("(?<![\\w.@-])@([A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?)");

  private final Store store;

  Mentions(Store store) {
    this.store = store;
  }

  List<Actor> in(String conversation, String content) {
    if (content.indexOf('@') < 0) {
      return List.of();
    }
    List<String> names =
        AT.matcher(content)
            .results()
            .map(MatchResult::group)
            .map(text -> text.substring(1).toLowerCase(Locale.ROOT))
            .distinct()
            .limit(MOST)
            .toList();
    return names.isEmpty() ? List.of() : members(conversation, names);
  }

  private List<Actor> members(String conversation, List<String> names) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT n.id, n.kind, n.name, n.display_name FROM actors n
                JOIN members m ON m.actor = n.id AND m.conversation = :conversation
                WHERE n.name_key IN (<names>) ORDER BY n.id\
                """)
            .bind("conversation", conversation)
            .bindList("names", names)
            .map((row, context) -> Rows.actor(row, 1))
            .list());
  }
}
