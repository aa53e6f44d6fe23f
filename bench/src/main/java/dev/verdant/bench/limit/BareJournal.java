package dev.verdant.bench.limit;

import dev.verdant.bench.workload.MessageSource;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.pipeline.Journal;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bare journal: appends the bytes of orders in batches as large as a run's were, and forces as
 * many of them together as the run did. No ring, ledger or socket. One thread.
 */
public final class BareJournal implements AutoCloseable {
  /** Orders of a batch at the most, as the engine's own. */
  public static final int MOST_ORDERS = 8192;

  private static final double NANOS_PER_SECOND = 1e9;

  private final DataDirectory directory;
  private final Journal journal;
  private final UnsafeBuffer commands;

  /** Where each order of a batch ends. */
  private final int[] ends;

  /**
   * Opens a journal in an empty directory.
   *
   * @param orders source of a batch's commands, numbered from 0.
   * @param most commands of a batch, 1 to {@link #MOST_ORDERS}.
   */
  public BareJournal(Path path, Durability durability, MessageSource orders, int most)
      throws IOException {
    this.directory = DataDirectory.open(path, new JournalOptions().conclude(), durability);
    this.journal = directory.journal();
    this.commands = new UnsafeBuffer(new byte[(most + 1) * MessageSource.MAX_LENGTH]);
    this.ends = new int[most];
    int end = 0;
    for (int i = 0; i < most; i++) {
      final int message = orders.encode(i, commands, end + CommandBatch.LENGTH_PREFIX);
      commands.putInt(end, message, ByteOrder.LITTLE_ENDIAN);
      end += CommandBatch.encodedLength(message);
      ends[i] = end;
    }
  }

  /**
   * Appends for at least so long; returns orders a second.
   *
   * @param ordersABatch on average, 1 or more.
   * @param forcesABatch on average, 0 to 1: 0 forces nothing.
   */
  public double ordersPerSecond(long leastNanos, double ordersABatch, double forcesABatch) {
    final double most = Math.max(1, Math.min(ends.length, ordersABatch));
    final long start = System.nanoTime();
    long batches = 0;
    long orders = 0;
    long forces = 0;
    long nanos;
    do {
      batches++;
      final int count = (int) ((long) (batches * most) - orders);
      append(count);
      orders += count;
      if ((long) (batches * forcesABatch) > forces) {
        journal.force();
        forces++;
      }
      nanos = System.nanoTime() - start;
    } while (nanos < leastNanos);
    return orders * NANOS_PER_SECOND / nanos;
  }

  /** Appends one batch of so many orders. */
  public void append(int count) {
    journal.append(journal.lastSequence() + 1, count, commands, 0, ends[count - 1]);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
