package dev.verdant.bench.limit;

import dev.verdant.bench.workload.MessageSource;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.JournalOptions;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.pipeline.Journal;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bare journal: appends the bytes of orders batch by batch, and forces each batch where an
 * acknowledgement would have to wait for that. No ring, ledger or socket. One thread.
 */
public final class BareJournal implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final DataDirectory directory;
  private final Journal journal;
  private final boolean synced;
  private final int batch;
  private final UnsafeBuffer commands;
  private final int length;

  /**
   * Opens a journal in an empty directory.
   *
   * @param orders source of a batch's commands, numbered from 0.
   * @param batch commands in each.
   */
  public BareJournal(Path path, Durability durability, MessageSource orders, int batch)
      throws IOException {
    this.directory = DataDirectory.open(path, new JournalOptions().conclude(), durability);
    this.journal = directory.journal();
    this.synced = durability == Durability.SYNCED;
    this.batch = batch;
    this.commands = new UnsafeBuffer(new byte[(batch + 1) * MessageSource.MAX_LENGTH]);
    int end = 0;
    for (int i = 0; i < batch; i++) {
      final int message = orders.encode(i, commands, end + CommandBatch.LENGTH_PREFIX);
      commands.putInt(end, message, ByteOrder.LITTLE_ENDIAN);
      end += CommandBatch.encodedLength(message);
    }
    this.length = end;
  }

  /** Appends for at least so long; returns orders a second. */
  public double ordersPerSecond(long leastNanos) {
    final long start = System.nanoTime();
    long orders = 0;
    long nanos;
    do {
      append();
      if (synced) {
        journal.force();
      }
      orders += batch;
      nanos = System.nanoTime() - start;
    } while (nanos < leastNanos);
    return orders * NANOS_PER_SECOND / nanos;
  }

  /** Appends one batch. */
  public void append() {
    journal.append(journal.lastSequence() + 1, batch, commands, 0, length);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
