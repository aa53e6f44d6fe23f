package dev.verdant.client;

import dev.verdant.client.request.TransactionId;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Remembers orders by id, so that a test can count what happened once, and what came twice. */
final class OrderBook {
  private final Map<TransactionId, Long> amounts = new LinkedHashMap<>();
  private int received;

  /** Books the order of a message and answers it. */
  void bookAndAnswer(ServerPeer peer, UnsafeBuffer message) throws IOException {
    OrderDecoder order = decode(message);
    Status status = book(order);
    peer.orderReply(order.correlationId(), size(), status, order.amount());
  }

  /** Books the order of a message without a word. */
  void book(UnsafeBuffer message) {
    book(decode(message));
  }

  synchronized int size() {
    return amounts.size();
  }

  synchronized int received() {
    return received;
  }

  synchronized long sum() {
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }

  static OrderDecoder decode(UnsafeBuffer message) {
    return new OrderDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
  }

  private synchronized Status book(OrderDecoder order) {
    received++;
    TransactionId id = new TransactionId(order.idHigh(), order.idLow());
    return amounts.putIfAbsent(id, order.amount()) == null ? Status.OK : Status.DUPLICATE;
  }
}
