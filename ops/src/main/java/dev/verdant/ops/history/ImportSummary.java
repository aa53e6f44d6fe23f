package dev.verdant.ops.history;

import dev.verdant.ops.history.UnusableRowException.Reason;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/** What became of every row and of every command that an import added. */
public final class ImportSummary {
  private final Map<Status, Long> orders = new EnumMap<>(Status.class);
  private final Map<Status, Long> refunds = new EnumMap<>(Status.class);
  private final Map<Status, Long> accounts = new EnumMap<>(Status.class);
  private final Map<Status, Long> releases = new EnumMap<>(Status.class);
  private final Map<Reason, Long> unusable = new EnumMap<>(Reason.class);
  private long rows;
  private BigInteger acceptedOrdersFen = BigInteger.ZERO;
  private BigInteger acceptedRefundsFen = BigInteger.ZERO;

  void onRow() {
    rows++;
  }

  void onUnusable(Reason reason) {
    unusable.merge(reason, 1L, Long::sum);
  }

  void onAnswer(HistoryRow row, Status status) {
    (row.isRefund() ? refunds : orders).merge(status, 1L, Long::sum);
    if (status == Status.OK) {
      BigInteger amountFen = BigInteger.valueOf(row.amountFen());
      if (row.isRefund()) {
        acceptedRefundsFen = acceptedRefundsFen.add(amountFen);
      } else {
        acceptedOrdersFen = acceptedOrdersFen.add(amountFen);
      }
    }
  }

  void onAccount(Status status) {
    accounts.merge(status, 1L, Long::sum);
  }

  void onRelease(Status status) {
    releases.merge(status, 1L, Long::sum);
  }

  /** Rows seen. */
  public long rows() {
    return rows;
  }

  /** Rows of any kind that were answered so. */
  public long answered(Status status) {
    return orders.getOrDefault(status, 0L) + refunds.getOrDefault(status, 0L);
  }

  /** Writes the summary as one object. */
  public void write(JsonLines out) throws IOException {
    out.begin().number("rows", rows);
    write(out, "orders", orders);
    write(out, "refunds", refunds);
    write(out, "unusable", unusable);
    write(out, "accounts", accounts);
    write(out, "releases", releases);
    out.number("accepted_orders_amount", acceptedOrdersFen.toString())
        .number("accepted_refunds_amount", acceptedRefundsFen.toString())
        .end();
    out.flush();
  }

  private static <K extends Enum<K>> void write(JsonLines out, String name, Map<K, Long> counts)
      throws IOException {
    out.begin(name);
    for (Map.Entry<K, Long> count : counts.entrySet()) {
      out.number(count.getKey().name(), count.getValue());
    }
    out.endInner();
  }
}
