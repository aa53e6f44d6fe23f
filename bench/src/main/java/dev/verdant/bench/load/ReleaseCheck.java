package dev.verdant.bench.load;

import dev.verdant.bench.workload.PoolPeriods;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import org.agrona.DirectBuffer;

/** Checks the reply to a pool's run of the day: what it opened, and that it released. */
final class ReleaseCheck implements ReplyHandler {
  private final PoolPeriods periods;
  private final boolean opens;
  private final boolean pays;
  private final ReleaseReplyDecoder reply = new ReleaseReplyDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private long releasedFen;
  private int count;

  /**
   * A check.
   *
   * @param periods of the pool as they must be after the run.
   * @param opens whether it opens a period.
   * @param pays whether anything must be released: a period opens, there was trade the day before,
   *     and no other pool has had the day's budget.
   */
  ReleaseCheck(PoolPeriods periods, boolean opens, boolean pays) {
    this.periods = periods;
    this.opens = opens;
    this.pays = pays;
  }

  @Override
  public void onReply(long number, DirectBuffer buffer, int offset, int length) {
    if (!ReplyStatus.isOk(buffer, offset)) {
      throw ReplyStatus.failure("a release", buffer, offset);
    }
    reply.wrapAndApplyHeader(buffer, offset, header);
    WrongResultException.require("periods opened", opens ? 1 : 0, reply.opened());
    WrongResultException.require("period", periods.period(), reply.period());
    WrongResultException.require("value", periods.value(), reply.value());
    if (opens && reply.released() + reply.backlog() <= 0) {
      throw new WrongResultException("period " + reply.period() + " wants nothing");
    }
    if (pays && reply.released() <= 0) {
      throw new WrongResultException("period " + reply.period() + " released nothing");
    }
    releasedFen = reply.released();
    count++;
  }

  /** What it released. */
  long releasedFen() {
    return releasedFen;
  }

  /** Replies checked. */
  int count() {
    return count;
  }
}
