package dev.verdant.ledger;

/**
 * The parts in which a ledger's state is written and read back, in this order: first what orders
 * change most of, for its size. A page that has been written is not kept for the writing any more
 * when an order changes it.
 */
public enum StatePart {
  /** All that is small, as words of 8 bytes: program, calendar, books, cohorts, pools, sizes. */
  STATE(0),
  /** Records of the quotas. */
  QUOTAS(1),
  /** Records of the lots. */
  LOTS(2),
  /** Records of the accounts. */
  ACCOUNTS(3),
  /** The index of the accounts by id. */
  ACCOUNT_INDEX(4),
  /** The index of the transactions by id. */
  TRANSACTION_INDEX(5),
  /** Records of the transactions, oldest first. */
  TRANSACTIONS(6);

  private final int number;

  StatePart(int number) {
    this.number = number;
  }

  /** Its place in the order, from 0; what stands for it on disk. */
  public int number() {
    return number;
  }
}
