package dev.verdant.bench.snapshot;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Where a batch goes before it is applied: a journal, or nowhere. */
interface BatchKeeper extends AutoCloseable {
  /**
   * Keeps a batch.
   *
   * @param count of commands.
   * @param commands laid out as {@link dev.verdant.pipeline.CommandBatch} says, from 0 on.
   * @param length of all in bytes.
   */
  void keep(int count, DirectBuffer commands, int length);

  @Override
  void close() throws IOException;

  /** Nowhere: the ledger's memory alone. */
  static BatchKeeper none() {
    return new BatchKeeper() {
      @Override
      public void keep(int count, DirectBuffer commands, int length) {}

      @Override
      public void close() {}
    };
  }

  /** Opens one for each run. */
  @FunctionalInterface
  interface Factory {
    /** A fresh one. */
    BatchKeeper open() throws IOException;
  }
}
