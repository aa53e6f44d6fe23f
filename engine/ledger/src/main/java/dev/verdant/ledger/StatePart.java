package dev.verdant.ledger;

/** The parts in which a ledger's state is written and read back, in this order. */
public enum StatePart {
  /** All that is small, as words of 8 bytes: program, calendar, books, cohorts, pools, sizes. */
  STATE,
  /** Records of the accounts. */
  ACCOUNTS,
  /** The index of the accounts by id. */
  ACCOUNT_INDEX,
  /** Records of the lots. */
  LOTS,
  /** Records of the quotas. */
  QUOTAS,
  /** Records of the transactions, oldest first. */
  TRANSACTIONS,
  /** The index of the transactions by id. */
  TRANSACTION_INDEX
}
