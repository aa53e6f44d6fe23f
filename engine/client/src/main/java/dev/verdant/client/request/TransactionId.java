package dev.verdant.client.request;

import java.math.BigInteger;
import java.util.UUID;

/**
 * The id of a transaction: an unsigned 128-bit number of the caller's choice, not 0. It is what
 * makes a command happen exactly once however often it is sent.
 *
 * @param high bits 64 to 127.
 * @param low bits 0 to 63.
 */
public record TransactionId(long high, long low) {
  private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(128);

  /** An id below 2^64. */
  public static TransactionId of(long low) {
    return new TransactionId(0, low);
  }

  /** The 128 bits of a UUID, for services that name their transactions so. */
  public static TransactionId of(UUID uuid) {
    return new TransactionId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }

  /**
   * Reads an id from decimal digits.
   *
   * @throws NumberFormatException unless it is an integer within 0..2^128-1.
   */
  public static TransactionId parse(String decimal) {
    BigInteger value = new BigInteger(decimal);
    if (value.signum() < 0 || value.compareTo(LIMIT) >= 0) {
      throw new NumberFormatException("transaction id out of 0..2^128-1: " + decimal);
    }
    return new TransactionId(value.shiftRight(Long.SIZE).longValue(), value.longValue());
  }

  /** The decimal digits that {@link #parse} reads. */
  @Override
  public String toString() {
    if (high == 0) {
      return Long.toUnsignedString(low);
    }
    return new BigInteger(Long.toUnsignedString(high))
        .shiftLeft(Long.SIZE)
        .or(new BigInteger(Long.toUnsignedString(low)))
        .toString();
  }
}
