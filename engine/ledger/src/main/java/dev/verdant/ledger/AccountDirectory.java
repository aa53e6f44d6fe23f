package dev.verdant.ledger;

import java.util.Arrays;

/**
 * The accounts in ascending order of their ids, unsigned. Made when a page is asked for and
 * accounts have been opened since; accounts are never removed.
 */
final class AccountDirectory {
  private final Accounts accounts;

  /** Ids with the top bit flipped, so that signed order is unsigned order. */
  private long[] ids = new long[0];

  AccountDirectory(Accounts accounts) {
    this.accounts = accounts;
  }

  int size() {
    return accounts.count();
  }

  /** Position of the first account with this id or a larger one, {@link #size} if there is none. */
  int firstFrom(long id) {
    if (ids.length != accounts.count()) {
      sort();
    }
    final int position = Arrays.binarySearch(ids, id ^ Long.MIN_VALUE);
    return position >= 0 ? position : -position - 1;
  }

  /** Slot of the account at a position. */
  int slot(int position) {
    return accounts.find(ids[position] ^ Long.MIN_VALUE);
  }

  private void sort() {
    final int known = ids.length;
    ids = Arrays.copyOf(ids, accounts.count());
    for (int i = known; i < ids.length; i++) {
      ids[i] = accounts.idOf(i + 1) ^ Long.MIN_VALUE;
    }
    Arrays.sort(ids);
  }
}
