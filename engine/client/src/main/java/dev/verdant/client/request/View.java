package dev.verdant.client.request;

import dev.verdant.protocol.codec.AccountsQueryEncoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * From which view of the ledger a bulk query is answered: the whole state as of one sequence. The
 * server may keep one view for a connection, so that several queries are answered from the same.
 *
 * @param sequence of the view that the connection has, the null value of the schema for a new one.
 * @param maxAgeMillis largest age of a new view; with 0 it holds every command sent before.
 * @param kept whether it is wanted again. While a page says that more follow it is kept anyway.
 */
public record View(long sequence, long maxAgeMillis, boolean kept) {
  private static final long NEW = AccountsQueryEncoder.viewNullValue();

  /** Checks the age. */
  public View {
    if (maxAgeMillis < 0) {
      throw new IllegalArgumentException("a view's age of " + maxAgeMillis + " ms");
    }
  }

  /** A new view with every command sent before the query. */
  public static View now() {
    return new View(NEW, 0, false);
  }

  /** A new view, or one that another reader has open, if it is young enough. */
  public static View notOlderThan(Duration age) {
    return new View(NEW, TimeUnit.MILLISECONDS.convert(age), false);
  }

  /** The view that this connection was answered from before, by its sequence. */
  public static View of(long sequence) {
    return new View(sequence, 0, false);
  }

  /** The same, kept for another query. */
  public View keep() {
    return new View(sequence, maxAgeMillis, true);
  }

  short keptFlag() {
    return (short) (kept ? 1 : 0);
  }
}
