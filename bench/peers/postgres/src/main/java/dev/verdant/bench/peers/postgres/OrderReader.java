package dev.verdant.bench.peers.postgres;

import dev.verdant.bench.workload.MessageSource;
import dev.verdant.bench.workload.TradingDay;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Hands out the orders of generated days, refunds left out. Safe from any thread. */
final class OrderReader {
  private final TradingDay day;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageSource.MAX_LENGTH]);
  private final OrderDecoder order = new OrderDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private int next;
  private long nextId = 1;

  OrderReader(TradingDay day) {
    this.day = day;
    renew();
  }

  /** Draws the orders of the next day: before a run, so that it need not while it is measured. */
  synchronized void renew() {
    day.next();
    next = 0;
  }

  /** So many orders. */
  synchronized Orders take(int count) {
    final Orders orders = new Orders(count);
    for (int i = 0; i < count; ) {
      if (next == day.count()) {
        renew();
      }
      day.encode(next++, buffer, 0);
      if (Messages.templateId(buffer, 0) == OrderDecoder.TEMPLATE_ID) {
        order.wrapAndApplyHeader(buffer, 0, header);
        orders.set(i++, nextId++, order.buyer(), order.merchant(), order.amount());
      }
    }
    return orders;
  }
}
