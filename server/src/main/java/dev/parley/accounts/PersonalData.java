package dev.parley.accounts;

import dev.parley.calls.Call;

/** A feature that holds data of accounts, which they may take along and have erased. */
public interface PersonalData {
  /** The name of its part of an export. */
  String section();

  /** All that it holds of an account, ready to become JSON. */
  Object export(String account);

  /**
   * Forgets an account that is deleted.
   *
   * @param messages whether what it said goes, too
   */
  void erase(Call call, Account account, boolean messages);
}
