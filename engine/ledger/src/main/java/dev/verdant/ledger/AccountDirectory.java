package dev.verdant.ledger;

import java.util.Arrays;

/**
 * The accounts in ascending order of their ids, unsigned. Made when a page is asked for and
 * accounts have been opened since; accounts are never removed.
 */
final class AccountDirectory {
  private final Accounts accounts;
  private final SortedIds sortedIds;

  AccountDirectory(Accounts accounts) {
    this(accounts, new SortedIds());
  }

  private AccountDirectory(Accounts accounts, SortedIds sortedIds) {
    this.accounts = accounts;
    this.sortedIds = sortedIds;
  }

  /** The directory of the same accounts for another thread; whoever asks first sorts for both. */
  AccountDirectory over(Accounts sameAccounts) {
    return new AccountDirectory(sameAccounts, sortedIds);
  }

  int size() {
    return accounts.count();
  }

  /** Position of the first account with this id or a larger one, {@link #size} if there is none. */
  int firstFrom(long id) {
    final int position = Arrays.binarySearch(sortedIds.of(accounts), id ^ Long.MIN_VALUE);
    return position >= 0 ? position : -position - 1;
  }

  /** Slot of the account at a position. */
  int slot(int position) {
    return accounts.find(sortedIds.of(accounts)[position] ^ Long.MIN_VALUE);
  }

  /** Ids with the top bit flipped, so that signed order is unsigned order. */
  private static final class SortedIds {
    private long[] ids = new long[0];

    synchronized long[] of(Accounts accounts) {
      final int known = ids.length;
      if (known != accounts.count()) {
        final long[] grown = Arrays.copyOf(ids, accounts.count());
        for (int i = known; i < grown.length; i++) {
          grown[i] = accounts.idOf(i + 1) ^ Long.MIN_VALUE;
        }
        Arrays.sort(grown);
        ids = grown;
      }
      return ids;
    }
  }
}
