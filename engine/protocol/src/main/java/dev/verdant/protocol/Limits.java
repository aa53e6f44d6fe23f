package dev.verdant.protocol;

/** Bounds that client, gateway, journal and ledger share. */
public final class Limits {
  /** Largest amount of a command: fen, 1/100 point or 1/100 coin (rulebook section 1). */
  public static final long MAX_AMOUNT = 1_000_000_000_000_000L;

  /** Longest message in bytes, SBE header included; a configure with many lists is the longest. */
  public static final int MAX_MESSAGE_LENGTH = 256 * 1024;

  /** Earliest time of a command: 0001-01-01T00:00Z in milliseconds since the epoch. */
  public static final long MIN_TIME_MILLIS = -62_135_596_800_000L;

  /** Latest time of a command: the last millisecond of the year 9999 (UTC). */
  public static final long MAX_TIME_MILLIS = 253_402_300_799_999L;

  private Limits() {}
}
