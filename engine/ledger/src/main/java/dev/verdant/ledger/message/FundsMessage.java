package dev.verdant.ledger.message;

import static dev.verdant.ledger.message.LittleEndian.getLong;

import dev.verdant.protocol.codec.IssueDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;

/**
 * The fields that issue, redemption, payout and release of a reserve begin with, all four alike,
 * where they lie, by the address of the SBE header.
 */
public final class FundsMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included, as far as they are alike. */
  public static final int LENGTH =
      HEADER_LENGTH + IssueDecoder.accountEncodingOffset() + Long.BYTES;

  private FundsMessage() {}

  public static long idLow(long command) {
    return getLong(command + HEADER_LENGTH + IssueDecoder.idLowEncodingOffset());
  }

  public static long idHigh(long command) {
    return getLong(command + HEADER_LENGTH + IssueDecoder.idHighEncodingOffset());
  }

  public static long account(long command) {
    return getLong(command + HEADER_LENGTH + IssueDecoder.accountEncodingOffset());
  }
}
