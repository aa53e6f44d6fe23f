package dev.verdant.ledger;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The accounts in ascending order of their ids, unsigned. The sorted ids, 8 bytes of heap each, are
 * the same for the ledger and all its snapshots; accounts are never removed. A snapshot finds among
 * them ids of accounts that were opened after it: those have no slot in it.
 */
final class AccountDirectory {
  private static final int RUN = 1 << 20;

  private final Accounts accounts;
  private final SortedIds sortedIds;

  AccountDirectory(Accounts accounts) {
    this(accounts, RUN);
  }

  /** A directory that keeps ids in runs of that length, at least 1. */
  AccountDirectory(Accounts accounts, int run) {
    this(accounts, new SortedIds(run));
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
    final Walk walk = new Walk(accounts);
    for (final long[] ids : sortedIds.of(accounts)) {
      final int position = Arrays.binarySearch(ids, flipped(id));
      walk.add(new Cursor(ids, position >= 0 ? position : -position - 1));
    }
    return walk;
  }

  /** The top bit flipped, so that signed order is unsigned order. */
  private static long flipped(long id) {
    return id ^ Long.MIN_VALUE;
  }

  /** A place in one run of sorted ids. */
  private static final class Cursor implements Comparable<Cursor> {
    private final long[] ids;
    private int position;

    Cursor(long[] ids, int position) {
      this.ids = ids;
      this.position = position;
    }

    long sortedId() {
      return ids[position];
    }

    boolean isAtEnd() {
      return position == ids.length;
    }

    /** The next of its run. */
    Cursor advance() {
      position++;
      return this;
    }

    @Override
    public int compareTo(Cursor other) {
      return Long.compare(sortedId(), other.sortedId());
    }
  }

  /** Goes through accounts in ascending order of their ids, the least of all runs next. */
  static final class Walk {
    private final Accounts accounts;
    private final PriorityQueue<Cursor> runs = new PriorityQueue<>();

    private Walk(Accounts accounts) {
      this.accounts = accounts;
    }

    private void add(Cursor run) {
      if (!run.isAtEnd()) {
        runs.add(run);
      }
    }

    boolean hasNext() {
      return !runs.isEmpty();
    }

    /** Id of the next account. */
    long id() {
      return flipped(runs.element().sortedId());
    }

    /** Slot of the next account, 0 if it was opened later; steps over it. */
    int next() {
      final Cursor least = runs.remove();
      final int slot = accounts.find(flipped(least.sortedId()));
      add(least.advance());
      return slot;
    }
  }

  /**
   * Runs of ids in the order of opening, each sorted: whoever asks first when accounts have been
   * opened since sorts the last run again, and those that have come to be. No array is ever larger
   * than a run, so that tens of millions of ids need no room but their own.
   */
  private static final class SortedIds {
    private final int run;

    /** Never changed: another array takes its place. */
    private long[][] runs = new long[0][];

    private int known;

    SortedIds(int run) {
      this.run = run;
    }

    synchronized long[][] of(Accounts accounts) {
      if (known < accounts.count()) {
        final long[][] grown = Arrays.copyOf(runs, (accounts.count() + run - 1) / run);
        for (int i = known / run; i < grown.length; i++) {
          grown[i] = sorted(accounts, i * run);
        }
        runs = grown;
        known = accounts.count();
      }
      return runs;
    }

    private long[] sorted(Accounts accounts, int before) {
      final long[] ids = new long[Math.min(run, accounts.count() - before)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = flipped(accounts.idOf(before + i + 1));
      }
      Arrays.sort(ids);
      return ids;
    }
  }
}
