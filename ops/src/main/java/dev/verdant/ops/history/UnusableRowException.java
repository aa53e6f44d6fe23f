package dev.verdant.ops.history;

/** A row cannot be made into a command, or must not be sent. */
final class UnusableRowException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why rows cannot be used. */
  enum Reason {
    /** A field holds U+FFFD, which stands for bytes that are not UTF-8: the id would be another. */
    NOT_UTF_8,
    /** A column is empty or not there. */
    MISSING_VALUE,
    /** The time is not ISO-8601 with an offset, or outside the years 1 to 9999. */
    BAD_TIMESTAMP,
    /** The amount is not a whole number of 64 bits. */
    BAD_AMOUNT,
    /** Neither an order nor a refund. */
    UNKNOWN_KIND,
    /** A refund that names no order. */
    MISSING_REFUND_OF,
    /** The ledger no longer knows whether it has booked it. */
    TOO_OLD
  }

  private final Reason reason;

  UnusableRowException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
