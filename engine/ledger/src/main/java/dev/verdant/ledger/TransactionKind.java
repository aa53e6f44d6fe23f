package dev.verdant.ledger;

/** Kinds of the commands that carry a transaction id. */
enum TransactionKind {
  ORDER(1),
  REFUND(2),
  ISSUE(3),
  REDEEM_COINS(4),
  PAYOUT(5),
  RELEASE_RESERVE(6),
  SETTLE_CHANNEL(7);

  private final byte code;

  TransactionKind(int code) {
    this.code = (byte) code;
  }

  /** Code in a record. */
  byte code() {
    return code;
  }
}
