package dev.parley.conversations;

import dev.parley.wire.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Reads what several queries share. */
final class Rows {
  private Rows() {}

  /** An actor from four columns: id, kind, name, display name. */
  static Actor actor(ResultSet row, int first) throws SQLException {
    return new Actor(
        Actor.Kind.valueOf(row.getString(first + 1).toUpperCase(Locale.ROOT)),
        row.getString(first),
        row.getString(first + 2),
        Optional.ofNullable(row.getString(first + 3)));
  }

  static Conversation.MemberRole role(String word) {
    return Conversation.MemberRole.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word of an enum constant as it stands in the database. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
