package dev.verdant.ledger;

import static dev.verdant.ledger.LittleEndian.getLong;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;

/** The id in a message that opens an account, where it lies, by the address of its SBE header. */
final class OpeningMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included, as far as it is read. */
  static final int LENGTH = HEADER_LENGTH + OpenAccountDecoder.accountEncodingOffset() + Long.BYTES;

  private OpeningMessage() {}

  static long account(long opening) {
    return getLong(opening + HEADER_LENGTH + OpenAccountDecoder.accountEncodingOffset());
  }
}
