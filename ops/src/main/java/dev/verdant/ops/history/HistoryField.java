package dev.verdant.ops.history;

import java.util.Locale;

/** What an import reads of a row. */
public enum HistoryField {
  /** The transaction's id. */
  ORDER_ID,
  /** ISO-8601 with an offset. */
  TIMESTAMP,
  /** The buyer. */
  CONSUMER_ID,
  /** The seller. */
  MERCHANT_ID,
  /** A whole number of fen. */
  AMOUNT_MINOR_UNITS,
  /** {@code order} or {@code refund}. */
  KIND,
  /** The order that a refund gives back; empty for orders, and the column may be missing. */
  REFUND_OF;

  /** The field's name in a map file, and the default name of its column. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
