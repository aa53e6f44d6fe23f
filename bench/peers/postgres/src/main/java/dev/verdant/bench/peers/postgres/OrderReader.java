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
    day.next();
  }

  /** So many orders. */
  synchronized Orders take(int count) {
    final Orders orders = new Orders(count);
    for (int i = 0; i < count; ) {
      if (next == day.count()) {
        day.next();
        next = 0;
      }
      day.encode(next++, buffer, 0);
      if (Messages.templateId(buffer, 0) == OrderDecoder.TEMPLATE_ID) {
        order.wrapAndApplyHeader(buffer, 0, header);
        orders.set(i++, nextId++, order.buyer(), order.merchant(), order.amount());
      }
    }
    return orders;
  }

  /** Some orders, column by column. */
  static final class Orders {
    final Long[] ids;
    final Long[] buyers;
    final Long[] merchants;
    final Long[] amounts;

    Orders(int count) {
      ids = new Long[count];
      buyers = new Long[count];
      merchants = new Long[count];
      amounts = new Long[count];
    }

    private void set(int i, long id, long buyer, long merchant, long amount) {
      ids[i] = id;
      buyers[i] = buyer;
      merchants[i] = merchant;
      amounts[i] = amount;
    }

    long amountSum() {
      long sum = 0;
      for (final Long amount : amounts) {
        sum += amount;
      }
      return sum;
    }
  }
}
