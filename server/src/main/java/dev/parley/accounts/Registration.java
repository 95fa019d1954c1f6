package dev.parley.accounts;

import dev.parley.calls.Call;
import dev.parley.calls.Role;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** How accounts come to be. */
final class Registration {
  static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";

  /** How the names of deleted accounts begin; nobody else's may, lest one pass for another. */
  private static final String DELETED = "deleted-";

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Passwords passwords;
  private final Invitations invitations;
  private final AccountSettings.Registration policy;

  Registration(
      Store store,
      Ids ids,
      InstantSource clock,
      Passwords passwords,
      Invitations invitations,
      AccountSettings.Registration policy) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.passwords = passwords;
    this.invitations = invitations;
    this.policy = policy;
  }

  record Register(
      @About("the handle: letters, digits, and . _ - inside; unique whatever its case")
          @Text(min = 1, max = 64, pattern = NAME)
          String name,
      @About("8 to 256 characters") @Text(min = 8, max = 256) String password,
      @Text(min = 1, max = 64) Optional<String> displayName,
      @About("the code of an invitation") @Text(min = 1, max = 128) Optional<String> invitation) {}

  record Registered(Account account) {}

  static String nameOfDeleted(String account) {
    return DELETED + account;
  }

  static boolean isReserved(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(DELETED);
  }

  Registered register(Call call, Register input) {
    if (isReserved(input.name())) {
      throw new InvalidInput("name", "must not begin with " + DELETED);
    }
    Optional<Invitations.Use> use = input.invitation().map(this::use);
    if (use.isEmpty() && policy != AccountSettings.Registration.OPEN) {
      throw Refusal.forbidden(
          policy == AccountSettings.Registration.INVITE
              ? "An invitation is needed to register here"
              : "Registration is closed here");
    }
    Instant now = Instant.ofEpochMilli(clock.millis());
    Role role = use.map(Invitations.Use::role).orElse(Role.MEMBER);
    Account account =
        new Account(
            ids.next(),
            input.name(),
            input.displayName().filter(name -> !name.isBlank()),
            role,
            now,
            Optional.empty());
    Change change = call.change();
    use.ifPresent(known -> invitations.take(change, known));
    if (role == Role.OWNER) {
      change.check(
          "invitation", "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE role = 'owner')");
    }
    insert(change, account, passwords.hash(input.password()));
    try {
      store.commit(change);
    } catch (Conflict conflict) {
      throw switch (conflict.guard()) {
        case "name" -> Refusal.conflict("The name " + input.name() + " is taken");
        case "invitation" -> Refusal.forbidden("The invitation is not valid any more");
        default -> conflict;
      };
    }
    return new Registered(account);
  }

  private Invitations.Use use(String code) {
    Invitations.Use use =
        invitations
            .find(code, false)
            .orElseThrow(() -> Refusal.forbidden("The invitation is not valid"));
    if (policy == AccountSettings.Registration.CLOSED && use.role() != Role.OWNER) {
      throw Refusal.forbidden("Registration is closed here");
    }
    return use;
  }

  private void insert(Change change, Account account, String passwordHash) {
    change
        .require(
            "name",
            """
            INSERT INTO actors (id, kind, name, name_key, display_name)
            VALUES (?, 'account', ?, ?, ?) ON CONFLICT (name_key) DO NOTHING\
            """,
            account.id(),
            account.name(),
            account.name().toLowerCase(Locale.ROOT),
            account.displayName().orElse(null))
        .write(
            "INSERT INTO accounts (id, role, password, created_at) VALUES (?, ?, ?, ?)",
            account.id(),
            Invitations.word(account.role()),
            passwordHash,
            account.createdAt().toEpochMilli());
  }
}
