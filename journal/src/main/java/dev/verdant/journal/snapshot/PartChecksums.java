package dev.verdant.journal.snapshot;

import dev.verdant.ledger.StatePart;
import java.util.List;

/**
 * Length and checksums of one part.
 *
 * @param part which.
 * @param length in bytes.
 * @param chunks CRC32C of each chunk of {@link #CHUNK_LENGTH} bytes, the last one of what is left.
 */
record PartChecksums(StatePart part, long length, List<Integer> chunks) {
  /** Bytes under one checksum, and what is read and written at once. */
  static final int CHUNK_LENGTH = 1 << 20;

  static int chunkCount(long length) {
    return Math.toIntExact((length + CHUNK_LENGTH - 1) / CHUNK_LENGTH);
  }
}
