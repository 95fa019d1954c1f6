package dev.parley.accounts;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Role;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Secrets handed to somebody: to own the server, to join it, to set a new password. */
public final class Invitations {
  private static final Duration OWNER_LINK = Duration.ofDays(7);
  private static final Duration RESET = Duration.ofHours(24);
  private static final String INSERT =
      """
      INSERT INTO invitations
        (id, purpose, code_hash, role, account, created_by, created_at, expires_at, uses_left)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;

  public Invitations(Store store, Ids ids, InstantSource clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /** What an invitation allows; never its code. */
  public record Invitation(
      String id, Role role, Instant createdAt, Instant expiresAt, long usesLeft) {}

  record Create(
      @About("the role of whoever uses it; member if absent") Optional<Role> role,
      @About("how many may use it") @Range(min = 1, max = 1_000) Optional<Integer> uses,
      @About("days until it expires") @Range(min = 1, max = 365) Optional<Integer> days) {}

  record Created(Invitation invitation, String code) {}

  record Listed(
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Invited(List<Invitation> items, Optional<String> next) {}

  record Revoke(@Text(min = 1, max = 40) String id) {}

  record Done() {}

  /** Whom a code is for. */
  record Use(String id, Role role, Optional<String> account) {}

  Created create(Call call, Create input) {
    Caller caller = call.caller();
    Role role = input.role().orElse(Role.MEMBER);
    if (role == Role.OWNER || (role == Role.ADMIN && caller.role() != Role.OWNER)) {
      throw Refusal.forbidden("Only the owner invites administrators, and nobody another owner");
    }
    Instant now = clock.instant();
    Invitation invitation =
        new Invitation(
            ids.next(),
            role,
            now,
            now.plus(Duration.ofDays(input.days().orElse(7))),
            input.uses().orElse(1));
    String code = Secrets.next();
    store.commit(
        call.change()
            .write(
                INSERT,
                invitation.id(),
                "join",
                Secrets.hash(code),
                word(role),
                null,
                caller.id(),
                now.toEpochMilli(),
                invitation.expiresAt().toEpochMilli(),
                invitation.usesLeft()));
    return new Created(invitation, code);
  }

  Invited list(Call call, Listed input) {
    Paging paging = Paging.of(input.limit(), input.cursor(), "invitations.list");
    List<Invitation> oneMore =
        store.read(handle ->
            handle
                .select(
                    """
                    SELECT id, role, created_at, expires_at, uses_left FROM invitations
                    WHERE purpose = 'join' AND id > ? AND expires_at > ?
                    ORDER BY id LIMIT ?\
                    """,
                    paging.after(),
                    clock.millis(),
                    paging.oneMore())
                .map((row, context) -> invitation(row))
                .list());
    Page<Invitation> page = paging.page(oneMore, Invitation::id);
    return new Invited(page.items(), page.next());
  }

  private static Invitation invitation(ResultSet row) throws SQLException {
    return new Invitation(
        row.getString(1),
        Role.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getLong(5));
  }

  Done revoke(Call call, Revoke input) {
    try {
      store.commit(
          call.change()
              .require(
                  "id", "DELETE FROM invitations WHERE id = ? AND purpose = 'join'", input.id()));
      return new Done();
    } catch (Conflict conflict) {
      throw conflict.guard().equals("id") ? Refusal.notFound("invitation") : conflict;
    }
  }

  /**
   * A new link for the owner's account, while there is none; links made before are void.
   *
   * @return the code, or empty if there is an owner already
   */
  public Optional<String> ownerLink() {
    boolean owned =
        store.read(handle ->
            handle
                .select("SELECT 1 FROM accounts WHERE role = 'owner' AND deleted_at IS NULL")
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
    if (owned) {
      return Optional.empty();
    }
    String code = Secrets.next();
    long now = clock.millis();
    store.commit(
        new Change(new Change.Origin("owner-link", "server"))
            .write("DELETE FROM invitations WHERE purpose = 'owner'")
            .write(
                INSERT,
                ids.next(),
                "owner",
                Secrets.hash(code),
                "owner",
                null,
                null,
                now,
                now + OWNER_LINK.toMillis(),
                1));
    return Optional.of(code);
  }

  /** A code by which the holder of an account may set a new password, once. */
  String reset(Change change, String account, String createdBy) {
    String code = Secrets.next();
    long now = clock.millis();
    change
        .write("DELETE FROM invitations WHERE account = ?", account)
        .write(
            INSERT,
            ids.next(),
            "reset",
            Secrets.hash(code),
            "member",
            account,
            createdBy,
            now,
            now + RESET.toMillis(),
            1);
    return code;
  }

  /**
   * What a code allows, if it is still good.
   *
   * @param forReset whether it must be one for a new password
   */
  Optional<Use> find(String code, boolean forReset) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT id, role, account FROM invitations
                WHERE code_hash = ? AND uses_left > 0 AND expires_at > ?\
                """,
                Secrets.hash(code),
                clock.millis())
            .map((row, context) ->
                new Use(
                    row.getString(1),
                    Role.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                    Optional.ofNullable(row.getString(3))))
            .findOne()
            .filter(use -> use.account().isPresent() == forReset));
  }

  /**
   * Takes one use of an invitation within a change; conflict {@code invitation} if none is left.
   */
  Change take(Change change, Use use) {
    return change.require(
        "invitation",
        """
        UPDATE invitations SET uses_left = uses_left - 1
        WHERE id = ? AND uses_left > 0 AND expires_at > ?\
        """,
        use.id(),
        clock.millis());
  }

  static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
