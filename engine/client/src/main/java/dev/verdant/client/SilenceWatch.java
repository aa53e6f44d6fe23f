package dev.verdant.client;

import dev.verdant.protocol.ConnectionLostException;
import java.time.Duration;

/**
 * Notices a server that owes answers and sends nothing at all: gone without a word, or stuck. Bytes
 * of any kind are a sign of life; while nothing is owed, silence is as it should be.
 *
 * <p>Only the client's own thread uses it.
 */
final class SilenceWatch {
  private final Duration limit;
  private final long limitNanos;
  private boolean listening;
  private long bytesHeard;
  private long sinceNanos;

  /** Watches nothing so far. */
  SilenceWatch(Duration limit) {
    this.limit = limit;
    this.limitNanos = Nanos.of(limit);
  }

  /** Another connection: what was heard of the one before is forgotten. */
  void restart() {
    listening = false;
  }

  /**
   * Looks whether the server still talks.
   *
   * @param owesAnswers whether it should have something to say.
   * @param bytesReceived from it so far.
   * @throws ConnectionLostException if it has owed answers and been silent for the limit.
   */
  void check(long nowNanos, boolean owesAnswers, long bytesReceived) {
    if (!owesAnswers || !listening || bytesReceived != bytesHeard) {
      listening = owesAnswers;
      bytesHeard = bytesReceived;
      sinceNanos = nowNanos;
    } else if (nowNanos - sinceNanos >= limitNanos) {
      throw new ConnectionLostException("the server owes answers and was silent for " + limit);
    }
  }

  /** Nanoseconds until {@link #check} may find too long a silence, or the given ones if sooner. */
  long nanosUntilDue(long nowNanos, long atMostNanos) {
    return listening ? Math.min(atMostNanos, sinceNanos + limitNanos - nowNanos) : atMostNanos;
  }
}
