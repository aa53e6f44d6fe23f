package dev.verdant.ledger.message;

import static dev.verdant.ledger.message.LittleEndian.getLong;

import dev.verdant.protocol.codec.AccountQueryDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;

/**
 * The id in a message that asks for an account, where it lies, by the address of its SBE header.
 */
public final class AccountQueryMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included, as far as it is read. */
  public static final int LENGTH =
      HEADER_LENGTH + AccountQueryDecoder.accountEncodingOffset() + Long.BYTES;

  private AccountQueryMessage() {}

  public static long account(long query) {
    return getLong(query + HEADER_LENGTH + AccountQueryDecoder.accountEncodingOffset());
  }
}
