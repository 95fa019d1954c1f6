package dev.parley.accounts;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Who is behind accounts. Somebody has one known account, and others may be known to be theirs. The
 * known one speaks for all; another one knows of itself alone, as whoever comes upon a visitor's
 * token is not yet the one who signed in later.
 */
public final class Person {
  /** The most other accounts that one person has. */
  static final int MOST = 20;

  private Person() {}

  /** The ids of an account and of those that are known to be its: all that it may know of. */
  public static List<String> own(Handle handle, String account) {
    List<String> others =
        handle
            .select("SELECT account FROM identities WHERE person = ? ORDER BY account", account)
            .mapTo(String.class)
            .list();
    return Stream.concat(Stream.of(account), others.stream()).toList();
  }

  /** The ids of all accounts of whoever has this one, the known one first. */
  public static List<String> whole(Handle handle, String account) {
    return own(handle, known(handle, account));
  }

  private static String known(Handle handle, String account) {
    return handle
        .select("SELECT person FROM identities WHERE account = ?", account)
        .mapTo(String.class)
        .findOne()
        .orElse(account);
  }
}
