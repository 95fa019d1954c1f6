package dev.parley.accounts;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Role;
import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connections;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What becomes of accounts: names, roles, passwords, disabling, export, deletion. */
final class Profiles {
  private final Store store;
  private final InstantSource clock;
  private final Sessions sessions;
  private final Connections connections;
  private final List<PersonalData> holders;

  Profiles(
      Store store,
      InstantSource clock,
      Sessions sessions,
      Connections connections,
      List<PersonalData> holders) {
    this.store = store;
    this.clock = clock;
    this.sessions = sessions;
    this.connections = connections;
    this.holders = holders;
  }

  record Nothing() {}

  record OneAccount(Account account) {}

  record ById(@Text(min = 1, max = 40) String id) {}

  record Listed(
      @About("the beginning of a name") @Text(min = 1, max = 64) Optional<String> query,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Several(List<Account> items, Optional<String> next) {}

  record Update(@About("empty to have none") @Text(max = 64) Optional<String> displayName) {}

  record SetRole(@Text(min = 1, max = 40) String id, Role role) {}

  record Disable(
      @Text(min = 1, max = 40) String id,
      @About("false to enable it again; true if absent") Optional<Boolean> on) {}

  record Delete(
      @About("another account, for administrators; the caller's own, if absent")
          @Text(min = 1, max = 40)
          Optional<String> id,
      @About("whether to erase all its messages, too") Optional<Boolean> messages) {}

  record Export(Account account, Map<String, Object> data) {}

  OneAccount me(Call call, Nothing input) {
    return new OneAccount(visible(call.caller().id()));
  }

  OneAccount get(Call call, ById input) {
    return new OneAccount(visible(input.id()));
  }

  Several list(Call call, Listed input) {
    Paging paging = Paging.of(input.limit(), input.cursor(), "accounts.list", input.query());
    String prefix = input.query().orElse("").toLowerCase(Locale.ROOT);
    List<Account> oneMore =
        store.read(handle ->
            handle
                .select(
                    "SELECT "
                        + Account.COLUMNS
                        + " FROM "
                        + Account.TABLES
                        + """
                         WHERE n.name_key >= ? AND n.name_key < ? AND n.name_key > ?
                        AND a.deleted_at IS NULL ORDER BY n.name_key LIMIT ?\
                        """,
                    prefix,
                    prefix + '\uFFFF',
                    paging.after(),
                    paging.oneMore())
                .map((row, context) -> Account.of(row))
                .list());
    Page<Account> page = paging.page(oneMore, account -> account.name().toLowerCase(Locale.ROOT));
    return new Several(page.items(), page.next());
  }

  private Account visible(String id) {
    return store
        .read(handle ->
            handle
                .select(
                    "SELECT "
                        + Account.COLUMNS
                        + " FROM "
                        + Account.TABLES
                        + " WHERE a.id = ? AND a.deleted_at IS NULL",
                    id)
                .map((row, context) -> Account.of(row))
                .findOne())
        .orElseThrow(() -> Refusal.notFound("account"));
  }

  OneAccount update(Call call, Update input) {
    String id = call.caller().id();
    input
        .displayName()
        .ifPresent(name ->
            store.commit(
                call.change()
                    .write(
                        "UPDATE actors SET display_name = ? WHERE id = ?",
                        name.isBlank() ? null : name,
                        id)));
    sessions.forget(id);
    return new OneAccount(visible(id));
  }

  OneAccount setRole(Call call, SetRole input) {
    if (call.caller().role() != Role.OWNER || input.role() == Role.OWNER) {
      throw Refusal.forbidden("Only the owner gives roles, and nobody makes another owner");
    }
    Account account = subject(call, input.id());
    Change change =
        call.change()
            .write(
                "UPDATE accounts SET role = ? WHERE id = ? AND role <> 'owner'",
                Invitations.word(input.role()),
                account.id());
    store.commit(input.role() == account.role() ? change : voidingCodes(change, account));
    sessions.forget(account.id());
    return new OneAccount(visible(account.id()));
  }

  OneAccount disable(Call call, Disable input) {
    Account account = subject(call, input.id());
    boolean on = input.on().orElse(true);
    Change change =
        call.change()
            .require(
                "role",
                "UPDATE accounts SET disabled_at = ? WHERE id = ? AND role = ?",
                on ? clock.millis() : null,
                account.id(),
                Invitations.word(account.role()));
    if (on) {
      voidingCodes(change, account).write("DELETE FROM sessions WHERE account = ?", account.id());
    }
    store.commit(change);
    if (on) {
      end(account.id());
    } else {
      sessions.forget(account.id());
    }
    return new OneAccount(visible(account.id()));
  }

  /**
   * With a role go the codes that were given by it, and those to take over whoever has it now: an
   * administrator of yesterday must not come back by a code of yesterday.
   */
  private static Change voidingCodes(Change change, Account account) {
    return change.write(
        "DELETE FROM invitations WHERE account = ? OR created_by = ?", account.id(), account.id());
  }

  private void end(String account) {
    sessions.forget(account);
    connections.endAccount(account, CloseReason.SESSION_ENDED);
  }

  /** The account that an administrator acts on: not the owner, and by the owner only an admin. */
  Account subject(Call call, String id) {
    Account account = visible(id);
    Role mine = call.caller().role();
    boolean above = account.role() == Role.MEMBER || (mine == Role.OWNER && !isOwner(account));
    if (!above) {
      throw Refusal.forbidden("This account is not below the caller's");
    }
    return account;
  }

  private static boolean isOwner(Account account) {
    return account.role() == Role.OWNER;
  }

  Export export(Call call, Nothing input) {
    String id = call.caller().id();
    Map<String, Object> data = new LinkedHashMap<>();
    holders.forEach(holder -> data.put(holder.section(), holder.export(id)));
    return new Export(visible(id), data);
  }

  Nothing delete(Call call, Delete input) {
    Caller caller = call.caller();
    Account account =
        input.id().isEmpty() || input.id().get().equals(caller.id())
            ? visible(caller.id())
            : other(call, input.id().get());
    if (isOwner(account)) {
      throw Refusal.forbidden("The owner's account cannot be deleted");
    }
    store.commit(endingRights(call.change(), account));
    sessions.forget(account.id());
    boolean ownSocket = account.id().equals(caller.id()) && call.maybeConnection().isPresent();
    if (ownSocket) {
      call.afterReply(() -> end(account.id()));
    } else {
      end(account.id());
    }
    holders.forEach(holder -> holder.erase(call, account, input.messages().orElse(false)));
    store.commit(
        call.change()
            .write(
                "UPDATE accounts SET deleted_at = ? WHERE id = ?", clock.millis(), account.id()));
    return new Nothing();
  }

  private Account other(Call call, String id) {
    if (!call.caller().isAdmin()) {
      throw Refusal.forbidden("Only administrators delete the accounts of others");
    }
    return subject(call, id);
  }

  /**
   * Ends all rights and erases the name. What others hold is erased after this, when nothing new
   * can come; the account counts as deleted when that is done, so that an administrator can finish
   * what a crash interrupted.
   */
  private Change endingRights(Change change, Account account) {
    String name = Registration.nameOfDeleted(account.id());
    return voidingCodes(change, account)
        .write("DELETE FROM sessions WHERE account = ?", account.id())
        .write(
            """
            UPDATE accounts SET disabled_at = ?, password = NULL, issuer = NULL, subject = NULL
            WHERE id = ?\
            """,
            clock.millis(),
            account.id())
        .write(
            "UPDATE actors SET name = ?, name_key = ?, display_name = NULL WHERE id = ?",
            name,
            name,
            account.id());
  }
}
