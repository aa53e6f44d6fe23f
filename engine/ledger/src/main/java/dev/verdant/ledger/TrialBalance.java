package dev.verdant.ledger;

/**
 * The trial balance as of the last command: the books, plus what the accounts would get if they
 * caught up now. An account appears from its first posting on.
 */
final class TrialBalance {
  private final LedgerState state;
  private final CatchUp catchUp;
  private final long[] amounts = new long[Books.ACCOUNTS];

  TrialBalance(LedgerState state, CatchUp catchUp) {
    this.state = state;
    this.catchUp = catchUp;
  }

  /** Walks all accounts. */
  void compute() {
    for (int account = 0; account < Books.ACCOUNTS; account++) {
      amounts[account] = state.books.balance(account);
    }
    for (int slot = 1; slot <= state.accounts.count(); slot++) {
      final long a = state.accounts.read(slot);
      if (Accounts.run(a) != state.run) {
        catchUp.project(a);
        amounts[Books.COUPON_UNCLAIMED] -= catchUp.claimed;
        amounts[Books.COUPON_HELD] += catchUp.coupon - Accounts.coupon(a);
        amounts[Books.COUPON_PENDING] += catchUp.pending - Accounts.pending(a);
      }
    }
  }

  long amount(int account) {
    return amounts[account];
  }

  boolean isShown(int account) {
    return state.books.isPosted(account);
  }

  /** Number of accounts that appear. */
  int size() {
    int size = 0;
    for (int account = 0; account < Books.ACCOUNTS; account++) {
      size += isShown(account) ? 1 : 0;
    }
    return size;
  }
}
