package dev.verdant.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a client comes back after a broken connection: attempts one after the other over all
 * endpoints, the pause between two doubling from the first to the longest. Each pause is shortened
 * by up to half at random, so that the clients of a restarted server do not come all at once. An
 * attempt has failed, too, if its connection breaks before it has answered a request.
 *
 * @param firstPause before the second attempt; the first comes at once.
 * @param longestPause where doubling ends.
 * @param maxAttempts that may fail before the client gives up and fails; 0 for none at all.
 *     Connections that are closed while no call is open do not count.
 */
public record ReconnectPolicy(Duration firstPause, Duration longestPause, int maxAttempts) {
  /** Checks the relations. */
  public ReconnectPolicy {
    if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "pauses from " + firstPause + " to " + longestPause + " do not grow from above 0");
    }
    if (maxAttempts < 0) {
      throw new IllegalArgumentException("maxAttempts=" + maxAttempts);
    }
  }

  /** As long as it takes, pauses from 50 ms to 2 s: the deadlines of the calls are the limit. */
  public static ReconnectPolicy persistent() {
    return new ReconnectPolicy(Duration.ofMillis(50), Duration.ofSeconds(2), Integer.MAX_VALUE);
  }

  /** Not at all: a broken connection ends the client. */
  public static ReconnectPolicy never() {
    return new ReconnectPolicy(Duration.ofMillis(50), Duration.ofSeconds(2), 0);
  }

  /** The pause of this number since a connection was of use, from 1, in nanoseconds. */
  long pauseNanos(int number) {
    int doublings = Math.min(number - 1, Long.SIZE - 2);
    long first = Nanos.of(firstPause);
    long longest = Nanos.of(longestPause);
    long pause = first > longest >> doublings ? longest : first << doublings;
    return pause - ThreadLocalRandom.current().nextLong(1 + pause / 2);
  }
}
