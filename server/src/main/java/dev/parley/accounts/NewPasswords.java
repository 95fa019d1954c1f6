package dev.parley.accounts;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.delivery.Connections;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Passwords changed by who knows them, and reset for who does not. Either ends open sessions. */
final class NewPasswords {
  private static final int TRIES = 5;

  private final Store store;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final Sessions sessions;
  private final Invitations invitations;
  private final Connections connections;
  private final Profiles profiles;

  NewPasswords(
      Store store,
      Passwords passwords,
      SignInThrottle throttle,
      Sessions sessions,
      Invitations invitations,
      Connections connections,
      Profiles profiles) {
    this.store = store;
    this.passwords = passwords;
    this.throttle = throttle;
    this.sessions = sessions;
    this.invitations = invitations;
    this.connections = connections;
    this.profiles = profiles;
  }

  record Nothing() {}

  record ChangePassword(
      @Text(min = 1, max = 256) String current, @Text(min = 8, max = 256) String password) {}

  record Code(String code) {}

  record UseReset(
      @Text(min = 1, max = 128) String code, @Text(min = 8, max = 256) String password) {}

  Nothing change(Call call, ChangePassword input) {
    Caller caller = call.caller();
    Optional<String> known = known(call, caller, input.current());
    String hash = passwords.hash(input.password());
    endingSessions(
        caller.id(),
        caller.session(),
        () ->
            call.change()
                .require(
                    "password",
                    "UPDATE accounts SET password = ? WHERE id = ? AND password = ?",
                    hash,
                    caller.id(),
                    known.orElseThrow())
                .write("DELETE FROM invitations WHERE account = ?", caller.id()));
    return new Nothing();
  }

  /** Whoever found a session open must not find out the password by trying. */
  private Optional<String> known(Call call, Caller caller, String password) {
    String name = caller.actor().name().toLowerCase(Locale.ROOT);
    throttle.begin(name, call.address());
    Optional<String> known =
        store.read(handle ->
            handle
                .select("SELECT password FROM accounts WHERE id = ?", caller.id())
                .map((row, context) -> Optional.ofNullable(row.getString(1)))
                .one());
    if (!passwords.matches(password, known)) {
      throttle.failed(call.address());
      throw Refusal.forbidden("The current password is another one");
    }
    throttle.succeeded(name, call.address());
    return known;
  }

  Code reset(Call call, Profiles.ById input) {
    Account account = profiles.subject(call, input.id());
    Change change = call.change();
    String code = invitations.reset(change, account.id(), call.caller().id());
    store.commit(change);
    return new Code(code);
  }

  Profiles.OneAccount useReset(Call call, UseReset input) {
    Invitations.Use use =
        invitations
            .find(input.code(), true)
            .orElseThrow(() -> Refusal.forbidden("The code is not valid"));
    String account = use.account().orElseThrow();
    String hash = passwords.hash(input.password());
    try {
      endingSessions(
          account,
          "",
          () ->
              invitations
                  .take(call.change(), use)
                  .write("UPDATE accounts SET password = ? WHERE id = ?", hash, account));
    } catch (Conflict conflict) {
      throw conflict.guard().equals("invitation")
          ? Refusal.forbidden("The code is not valid any more")
          : conflict;
    }
    return profiles.get(call, new Profiles.ById(account));
  }

  private record Open(List<String> sessions) {
    String newest() {
      return sessions.isEmpty() ? "" : sessions.getLast();
    }
  }

  /**
   * Commits a change that writes the account's row, and ends its sessions but one: in the database
   * and, as no session may be opened between the look at them and the change, on their sockets.
   */
  private void endingSessions(String account, String kept, Supplier<Change> change) {
    for (int tries = 1; true; tries++) {
      Open open = sessionsOf(account);
      try {
        store.commit(ending(change.get(), account, kept, open));
        sessions.forget(account);
        open.sessions().stream()
            .filter(session -> !session.equals(kept))
            .forEach(session -> connections.endSession(account, session));
        return;
      } catch (Conflict conflict) {
        if (!conflict.guard().equals("sessions") || tries == TRIES) {
          throw conflict;
        }
      }
    }
  }

  private static Change ending(Change change, String account, String kept, Open open) {
    return change
        .check(
            "sessions",
            """
            SELECT 1 FROM (SELECT count(*) AS n, coalesce(max(id), '') AS newest FROM sessions
            WHERE account = ? AND kind = 'session') AS held WHERE n = ? AND newest = ?\
            """,
            account,
            open.sessions().size(),
            open.newest())
        .write(
            "DELETE FROM sessions WHERE account = ? AND kind = 'session' AND id <> ?",
            account,
            kept);
  }

  private Open sessionsOf(String account) {
    return new Open(
        store.read(handle ->
            handle
                .select(
                    """
                    SELECT id FROM sessions WHERE account = ? AND kind = 'session' ORDER BY id\
                    """,
                    account)
                .mapTo(String.class)
                .list()));
  }
}
