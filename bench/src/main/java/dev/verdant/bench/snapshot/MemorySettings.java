package dev.verdant.bench.snapshot;

/**
 * How large a ledger is to be measured: by default 21 million members with 8 lots each, 5,000
 * orders a second while the snapshot is written. Set what differs, then {@link #conclude()}; not to
 * be changed afterwards. Not thread-safe.
 */
public final class MemorySettings extends SizeSettings<MemorySettings> {
  private static final int FULL_MEMBERS = 21_000_000;
  private static final int FULL_LOTS = 8;
  private static final int FULL_RATE = 5_000;
  private static final int FULL_TRANSACTIONS = 10_000_000;
  private static final int QUICK_MEMBERS = 20_000;
  private static final int QUICK_TRANSACTIONS = 10_000;

  private int transactions = FULL_TRANSACTIONS;

  /** The full size. */
  public MemorySettings() {
    super(FULL_MEMBERS, FULL_LOTS, FULL_RATE);
  }

  @Override
  MemorySettings self() {
    return this;
  }

  @Override
  public MemorySettings quick() {
    return members(QUICK_MEMBERS).transactions(QUICK_TRANSACTIONS);
  }

  /** Transactions that are remembered, at least 2; 10 million by default. */
  public MemorySettings transactions(int transactions) {
    this.transactions = transactions;
    return this;
  }

  /** Transactions that are remembered. */
  public int transactions() {
    return transactions;
  }

  /** Whether the bars may be judged: they are meant for this size or more. */
  boolean isFullSize() {
    return members() >= FULL_MEMBERS && lots() >= FULL_LOTS && transactions >= FULL_TRANSACTIONS;
  }

  @Override
  public MemorySettings conclude() {
    check(lots() >= 1, "lots", lots());
    check(transactions >= 2, "transactions", transactions);
    return super.conclude();
  }
}
