package dev.parley.accounts;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Admission;
import dev.parley.calls.Call;
import dev.parley.calls.Mark;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.delivery.Connections;
import dev.parley.functions.Registry;
import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Accounts, sessions, API keys and invitations: their functions, and who is behind a token. */
public final class Accounts implements AutoCloseable {
  private final Store store;
  private final InstantSource clock;
  private final Passwords passwords = new Passwords();
  private final Invitations invitations;
  private final Sessions sessions;
  private final Registration registration;
  private final SignIn signIn;
  private final ApiKeys apiKeys;
  private final Profiles profiles;
  private final NewPasswords newPasswords;
  private final Identifying identifying;

  public Accounts(
      AccountSettings settings,
      Store store,
      Connections connections,
      List<PersonalData> holders,
      Ids ids,
      InstantSource clock) {
    this.store = store;
    this.clock = clock;
    Remembered.Changes changes = new Remembered.Changes();
    Remembered<Account> byJwt = new Remembered<>(changes, settings.cacheLife(), Account::id);
    Optional<JwtSignIn> jwt =
        settings.issuer().map(issuer -> new JwtSignIn(issuer, byJwt, store, ids, clock));
    SignInThrottle throttle = new SignInThrottle(clock);
    this.invitations = new Invitations(store, ids, clock);
    this.sessions = new Sessions(store, clock, settings.cacheLife(), changes, jwt);
    this.registration =
        new Registration(store, ids, clock, passwords, invitations, settings.registration());
    this.signIn =
        new SignIn(
            store, ids, clock, passwords, throttle, sessions, connections, settings.sessionLife());
    this.apiKeys = new ApiKeys(store, ids, clock, sessions, connections);
    Identities identities = new Identities(store, clock);
    List<PersonalData> all = Stream.concat(holders.stream(), Stream.of(identities)).toList();
    this.profiles = new Profiles(store, clock, sessions, connections, all);
    this.identifying = new Identifying(sessions, profiles, identities);
    this.newPasswords =
        new NewPasswords(store, passwords, throttle, sessions, invitations, connections, profiles);
  }

  public Admission admission() {
    return sessions;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Invitations invitations() {
    return invitations;
  }

  /** Removes what has expired. */
  public void tidy() {
    long now = clock.millis();
    store.commit(
        new Change(new Change.Origin("housekeeping", "server"))
            .write("DELETE FROM sessions WHERE expires_at < ?", now)
            .write("DELETE FROM invitations WHERE expires_at < ?", now));
  }

  public void register(Registry<Call> registry) {
    registerAccounts(registry);
    registerProfiles(registry);
    registerIdentities(registry);
    registerAdministration(registry);
    registerSessions(registry);
    registerKeys(registry);
    registerInvitations(registry);
  }

  private void registerAccounts(Registry<Call> registry) {
    registry.add(
        named("accounts.register", Registration.Register.class, Registration.Registered.class)
            .described("Register", "Makes an account that can sign in with a password.")
            .with(Permission.OPEN, Mark.BEFORE_SIGN_IN, Route.create("/accounts"))
            .handledBy(registration::register));
    registry.add(
        named("accounts.me", Profiles.Nothing.class, Profiles.OneAccount.class)
            .described("Who am I", "The caller's own account.")
            .readOnly()
            .with(Permission.READ, Route.get("/accounts/me"))
            .handledBy(profiles::me));
    registry.add(
        named("accounts.get", Profiles.ById.class, Profiles.OneAccount.class)
            .described("Get an account", "One account by its id.")
            .readOnly()
            .with(Permission.READ, Route.get("/accounts/{id}"))
            .handledBy(profiles::get));
    registry.add(
        named("accounts.list", Profiles.Listed.class, Profiles.Several.class)
            .described("Find accounts", "Accounts by name, all or those that begin alike.")
            .readOnly()
            .with(Permission.READ, Route.get("/accounts"))
            .handledBy(profiles::list));
  }

  private void registerProfiles(Registry<Call> registry) {
    registry.add(
        named("accounts.update", Profiles.Update.class, Profiles.OneAccount.class)
            .described("Change my profile", "Sets or removes the caller's display name.")
            .idempotent()
            .with(Permission.ACCOUNT, Route.patch("/accounts/me"))
            .handledBy(profiles::update));
    registry.add(
        named(
                "accounts.changePassword",
                NewPasswords.ChangePassword.class,
                NewPasswords.Nothing.class)
            .described(
                "Change my password",
                "Sets a new password and ends the account's other sessions at once.")
            .with(Permission.ACCOUNT, Route.post("/accounts/me/password"))
            .handledBy(newPasswords::change));
    registry.add(
        named("accounts.export", Profiles.Nothing.class, Profiles.Export.class)
            .described("Take my data along", "All that is held of the caller's account.")
            .readOnly()
            .with(Permission.ACCOUNT, Route.get("/accounts/me/export"))
            .handledBy(profiles::export));
    registry.add(
        named("accounts.delete", Profiles.Delete.class, Profiles.Nothing.class)
            .described(
                "Delete an account",
                "Erases an account and its name everywhere; its messages stay under a nameless"
                    + " sender unless they are to go, too.")
            .with(Permission.ACCOUNT, Route.post("/accounts/delete"))
            .handledBy(profiles::delete));
    registry.add(
        named("accounts.usePasswordReset", NewPasswords.UseReset.class, Profiles.OneAccount.class)
            .described(
                "Set a forgotten password",
                "Sets a new password with a code from an administrator and ends all sessions.")
            .with(Permission.OPEN, Route.post("/accounts/password-reset"))
            .handledBy(newPasswords::useReset));
  }

  private void registerIdentities(Registry<Call> registry) {
    registry.add(
        named("accounts.claim", Identifying.Claim.class, Identities.Found.class)
            .described(
                "Say that I am also somebody else",
                "Makes the account of a session's token known to be the caller's; its rights stay"
                    + " its own.")
            .idempotent()
            .with(Permission.ACCOUNT, Route.post("/accounts/claim"))
            .handledBy(identifying::claim));
    registry.add(
        named("accounts.identify", Identifying.Identify.class, Identities.Found.class)
            .described(
                "Say who somebody is",
                "Makes an account, such as a visitor's, known to be that of somebody who has"
                    + " another one.")
            .idempotent()
            .with(Permission.ADMIN, Route.post("/accounts/{account}/identify"))
            .handledBy(identifying::identify));
    registry.add(
        named("accounts.separate", Identifying.Separate.class, Identities.Found.class)
            .described(
                "Take accounts apart", "Makes an account known to be nobody's but its own again.")
            .idempotent()
            .with(Permission.ACCOUNT, Route.post("/accounts/{account}/separate"))
            .handledBy(identifying::separate));
    registry.add(
        named("accounts.identities", Identifying.Whose.class, Identities.Found.class)
            .described("Accounts of one person", "Which accounts are known to be the caller's.")
            .readOnly()
            .with(Permission.READ, Route.get("/accounts/me/identities"))
            .handledBy(identifying::whose));
  }

  private void registerAdministration(Registry<Call> registry) {
    registry.add(
        named("accounts.resetPassword", Profiles.ById.class, NewPasswords.Code.class)
            .described(
                "Let somebody set a new password",
                "Gives a code, good for a day and one use, to hand to the account's holder.")
            .with(Permission.ADMIN, Mark.CONFIDENTIAL, Route.post("/accounts/{id}/password-reset"))
            .handledBy(newPasswords::reset));
    registry.add(
        named("accounts.setRole", Profiles.SetRole.class, Profiles.OneAccount.class)
            .described("Give a role", "Makes an account an administrator or a member.")
            .idempotent()
            .with(Permission.ADMIN, Route.post("/accounts/{id}/role"))
            .handledBy(profiles::setRole));
    registry.add(
        named("accounts.disable", Profiles.Disable.class, Profiles.OneAccount.class)
            .described(
                "Disable an account",
                "Ends all sessions, keys and sockets of an account at once, or enables it again.")
            .idempotent()
            .with(Permission.ADMIN, Route.post("/accounts/{id}/disable"))
            .handledBy(profiles::disable));
  }

  private void registerSessions(Registry<Call> registry) {
    registry.add(
        named("sessions.open", SignIn.Open.class, SignIn.Opened.class)
            .described("Sign in", "Checks a password and gives a token.")
            .with(
                Permission.OPEN,
                Mark.CONFIDENTIAL,
                Mark.BEFORE_SIGN_IN,
                Mark.OPENS_SESSION,
                Route.create("/sessions"))
            .handledBy(signIn::open));
    registry.add(
        named("sessions.resume", SignIn.Resume.class, SignIn.Resumed.class)
            .described("Sign a socket in", "Binds the socket to the token's account.")
            .with(Permission.OPEN, Mark.BEFORE_SIGN_IN, Mark.SOCKET_ONLY)
            .handledBy(signIn::resume));
    registry.add(
        named("sessions.list", SignIn.Listed.class, SignIn.OpenSessions.class)
            .described("My sessions", "Where the caller's account is signed in.")
            .readOnly()
            .with(Permission.ACCOUNT, Route.get("/sessions"))
            .handledBy(signIn::list));
    registry.add(
        named("sessions.revoke", SignIn.Revoke.class, SignIn.Nothing.class)
            .described("End a session", "Ends one of the caller's sessions and closes its sockets.")
            .with(Permission.ACCOUNT, Route.delete("/sessions/{id}"))
            .handledBy(signIn::revoke));
    registry.add(
        named("sessions.close", SignIn.Nothing.class, SignIn.Nothing.class)
            .described("Sign out", "Ends the session that this is called with.")
            .with(Permission.READ, Mark.CLOSES_SESSION, Route.delete("/sessions/current"))
            .handledBy(signIn::close));
  }

  private void registerKeys(Registry<Call> registry) {
    registry.add(
        named("apiKeys.create", ApiKeys.Create.class, ApiKeys.Created.class)
            .described("Create an API key", "Gives a token for a service, limited to scopes.")
            .with(Permission.ACCOUNT, Mark.CONFIDENTIAL, Route.create("/api-keys"))
            .handledBy(apiKeys::create));
    registry.add(
        named("apiKeys.list", ApiKeys.Listed.class, ApiKeys.Keys.class)
            .described("My API keys", "The keys of the caller's account, without their tokens.")
            .readOnly()
            .with(Permission.ACCOUNT, Route.get("/api-keys"))
            .handledBy(apiKeys::list));
    registry.add(
        named("apiKeys.revoke", ApiKeys.Revoke.class, ApiKeys.Nothing.class)
            .described("Revoke an API key", "Ends a key and closes its sockets at once.")
            .with(Permission.ACCOUNT, Route.delete("/api-keys/{id}"))
            .handledBy(apiKeys::revoke));
  }

  private void registerInvitations(Registry<Call> registry) {
    registry.add(
        named("invitations.create", Invitations.Create.class, Invitations.Created.class)
            .described("Invite somebody", "Gives a code by which people may register.")
            .with(Permission.ADMIN, Mark.CONFIDENTIAL, Route.create("/invitations"))
            .handledBy(invitations::create));
    registry.add(
        named("invitations.list", Invitations.Listed.class, Invitations.Invited.class)
            .described("Open invitations", "Invitations that can still be used.")
            .readOnly()
            .with(Permission.ADMIN, Route.get("/invitations"))
            .handledBy(invitations::list));
    registry.add(
        named("invitations.revoke", Invitations.Revoke.class, Invitations.Done.class)
            .described("Revoke an invitation", "Makes its code worthless.")
            .with(Permission.ADMIN, Route.delete("/invitations/{id}"))
            .handledBy(invitations::revoke));
  }

  @Override
  public void close() {
    passwords.close();
  }
}
