package dev.verdant.ledger.message;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/** Fields of messages off heap, in the byte order of the protocol on any machine. */
final class LittleEndian {
  private static final boolean NATIVE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private LittleEndian() {}

  static long getLong(long address) {
    final long value = UnsafeApi.getLong(address);
    return NATIVE ? value : Long.reverseBytes(value);
  }

  static int getInt(long address) {
    final int value = UnsafeApi.getInt(address);
    return NATIVE ? value : Integer.reverseBytes(value);
  }

  static void putLong(long address, long value) {
    UnsafeApi.putLong(address, NATIVE ? value : Long.reverseBytes(value));
  }

  static void putShort(long address, int value) {
    UnsafeApi.putShort(address, NATIVE ? (short) value : Short.reverseBytes((short) value));
  }
}
