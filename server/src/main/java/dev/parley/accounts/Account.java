package dev.parley.accounts;

import dev.parley.calls.Role;
import dev.parley.wire.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** An account as others see it. */
public record Account(
    String id,
    String name,
    Optional<String> displayName,
    Role role,
    Instant createdAt,
    Optional<Instant> disabledAt) {

  /** What {@link #of} reads. */
  static final String COLUMNS = "a.id, n.name, n.display_name, a.role, a.created_at, a.disabled_at";

  static final String TABLES = "accounts a JOIN actors n ON n.id = a.id";

  static Account of(ResultSet row) throws SQLException {
    long disabled = row.getLong(6);
    return new Account(
        row.getString(1),
        row.getString(2),
        Optional.ofNullable(row.getString(3)),
        Role.valueOf(row.getString(4).toUpperCase(java.util.Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong(5)),
        disabled == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(disabled)));
  }

  public Actor actor() {
    return new Actor(Actor.Kind.ACCOUNT, id, name, displayName);
  }
}
