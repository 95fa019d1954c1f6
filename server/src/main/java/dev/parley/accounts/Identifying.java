package dev.parley.accounts;

import dev.parley.accounts.Identities.Found;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Text;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.util.Optional;

/** Who may say whose an account is: whoever is signed in as both, and administrators. */
final class Identifying {
  private final Sessions sessions;
  private final Profiles profiles;
  private final Identities identities;

  Identifying(Sessions sessions, Profiles profiles, Identities identities) {
    this.sessions = sessions;
    this.profiles = profiles;
    this.identities = identities;
  }

  record Claim(
      @About("of a live session of the account that is the caller's, too")
          @Text(min = 1, max = 16_384)
          String token) {}

  record Identify(
      @Text(min = 1, max = 40) String account,
      @About("the id of the known account that it is") @Text(min = 1, max = 40) String person) {}

  record Separate(@Text(min = 1, max = 40) String account) {}

  record Whose(
      @About("for administrators: another account; the caller's, if absent")
          @Text(min = 1, max = 40)
          Optional<String> account) {}

  Found claim(Call call, Claim input) {
    String caller = call.caller().id();
    String account = behind(input.token());
    if (account.equals(caller)) {
      throw new InvalidInput("token", "must be of another account than the caller's");
    }
    identities.identify(call, account, caller);
    return identities.of(caller);
  }

  /** The account that a token may change, as much as the caller may its own. */
  private String behind(String token) {
    try {
      Caller caller = sessions.authenticate(token);
      if (caller.may(Permission.ACCOUNT)) {
        return caller.id();
      }
    } catch (Refusal refusal) {
      if (refusal.code() != ErrorCode.UNAUTHENTICATED) {
        throw refusal;
      }
    }
    throw new InvalidInput("token", "must be of a live session that may change its account");
  }

  Found identify(Call call, Identify input) {
    if (input.account().equals(input.person())) {
      throw new InvalidInput("person", "must be another account");
    }
    String account = profiles.subject(call, input.account()).id();
    String person = profiles.subject(call, input.person()).id();
    identities.identify(call, account, person);
    return identities.of(person);
  }

  Found separate(Call call, Separate input) {
    Caller caller = call.caller();
    boolean own = identities.isOwn(caller.id(), input.account());
    if (!own) {
      requireOffice(caller, "Only administrators separate the accounts of others");
      profiles.subject(call, input.account());
    }
    identities.separate(call, input.account());
    return identities.of(own ? caller.id() : input.account());
  }

  Found whose(Call call, Whose input) {
    Caller caller = call.caller();
    String account = input.account().orElse(caller.id());
    if (!account.equals(caller.id())) {
      requireOffice(caller, "Only administrators see the accounts of others");
    }
    return identities.of(account);
  }

  private static void requireOffice(Caller caller, String otherwise) {
    if (!caller.isAdmin() || !caller.may(Permission.ADMIN)) {
      throw Refusal.forbidden(otherwise);
    }
  }
}
