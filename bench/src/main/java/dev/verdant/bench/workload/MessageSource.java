package dev.verdant.bench.workload;

import org.agrona.MutableDirectBuffer;

/** Requests by number. One thread at a time. */
@FunctionalInterface
public interface MessageSource {
  /** Longest message that any source encodes, in bytes. */
  int MAX_LENGTH = 512;

  /**
   * Encodes one request, SBE header first; its correlation id is its number.
   *
   * @param number of the request, from 0 on.
   * @param buffer takes the message; {@link #MAX_LENGTH} bytes must follow the offset.
   * @return length of the message in bytes, header included.
   */
  int encode(long number, MutableDirectBuffer buffer, int offset);

  /** Whether requests refer to any earlier one, so that they must all go over one connection. */
  default boolean isOrdered() {
    return false;
  }
}
