package dev.verdant.ledger;

import java.util.Arrays;

/**
 * The accounts in ascending order of their ids, unsigned. The sorted ids, 8 bytes of heap each, are
 * the same for the ledger and all its snapshots; accounts are never removed. A snapshot finds among
 * them ids of accounts that were opened after it: those have no slot in it.
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

  /** The directory of a snapshot of the same accounts, for another thread. */
  AccountDirectory over(Accounts snapshotOfAccounts) {
    return new AccountDirectory(snapshotOfAccounts, sortedIds);
  }

  /** A walk from the first account with this id or a larger one. */
  Walk from(long id) {
    final long[] ids = sortedIds.of(accounts);
    final int position = Arrays.binarySearch(ids, flipped(id));
    return new Walk(accounts, ids, position >= 0 ? position : -position - 1);
  }

  /** The top bit flipped, so that signed order is unsigned order. */
  private static long flipped(long id) {
    return id ^ Long.MIN_VALUE;
  }

  /** Goes through accounts in ascending order of their ids. */
  static final class Walk {
    private final Accounts accounts;
    private final long[] ids;
    private int position;

    private Walk(Accounts accounts, long[] ids, int position) {
      this.accounts = accounts;
      this.ids = ids;
      this.position = position;
    }

    boolean hasNext() {
      return position < ids.length;
    }

    /** Id of the next account. */
    long id() {
      return flipped(ids[position]);
    }

    /** Slot of the next account, 0 if it was opened later; steps over it. */
    int next() {
      return accounts.find(flipped(ids[position++]));
    }
  }

  /** Sorts again, whoever asks first, when accounts have been opened since. */
  private static final class SortedIds {
    private long[] ids = new long[0];

    synchronized long[] of(Accounts accounts) {
      final int known = ids.length;
      if (known < accounts.count()) {
        final long[] grown = Arrays.copyOf(ids, accounts.count());
        for (int i = known; i < grown.length; i++) {
          grown[i] = flipped(accounts.idOf(i + 1));
        }
        Arrays.sort(grown);
        ids = grown;
      }
      return ids;
    }
  }
}
