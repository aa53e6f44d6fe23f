package dev.verdant.bench.load;

import dev.verdant.bench.workload.MessageSource;

/** A ledger to be put under load. One thread at a time. */
public interface LoadTarget extends AutoCloseable {
  /**
   * Sends requests as fast as they are answered, and hands over every reply.
   *
   * @param source of the requests {@code from} up to but without {@code to}.
   * @param timeline takes what is answered when.
   * @return nanoseconds that the ledger took for it.
   * @throws WrongResultException if a reply is out of order, or the handler refuses it.
   */
  long run(MessageSource source, long from, long to, ReplyHandler replies, Timeline timeline);

  @Override
  void close();
}
