package dev.verdant.ops.history;

/**
 * A row that can be used.
 *
 * @param number of the row in its file; the first behind the header is 1.
 * @param orderId as in the source.
 * @param timeMillis since the epoch.
 * @param consumer as in the source.
 * @param merchant as in the source.
 * @param amountFen as in the source; the ledger judges it.
 * @param refundOf the order given back, or null where the row is an order.
 */
public record HistoryRow(
    long number,
    String orderId,
    long timeMillis,
    String consumer,
    String merchant,
    long amountFen,
    String refundOf) {
  /** Whether the row gives an order back. */
  public boolean isRefund() {
    return refundOf != null;
  }
}
