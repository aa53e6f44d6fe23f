package dev.verdant.ledger.message;

import static dev.verdant.ledger.message.LittleEndian.getLong;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;

/** The id in a message that opens an account, where it lies, by the address of its SBE header. */
public final class OpeningMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included, as far as it is read. */
  public static final int LENGTH =
      HEADER_LENGTH + OpenAccountDecoder.accountEncodingOffset() + Long.BYTES;

  private OpeningMessage() {}

  public static long account(long opening) {
    return getLong(opening + HEADER_LENGTH + OpenAccountDecoder.accountEncodingOffset());
  }
}
