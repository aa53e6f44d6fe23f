package dev.verdant.bench.load;

import org.agrona.DirectBuffer;

/** Takes replies to commands, each of which must be OK, and counts them. */
public final class OkReplies implements ReplyHandler {
  private long count;

  @Override
  public void onReply(long number, DirectBuffer buffer, int offset, int length) {
    if (!ReplyStatus.isOk(buffer, offset)) {
      throw ReplyStatus.failure("request " + number, buffer, offset);
    }
    count++;
  }

  /** Replies so far. */
  public long count() {
    return count;
  }
}
