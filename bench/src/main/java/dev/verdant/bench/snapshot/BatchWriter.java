package dev.verdant.bench.snapshot;

import dev.verdant.bench.load.OkReplies;
import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.CommandBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The writer: draws a batch of orders, keeps it, applies it, looks at every reply. */
final class BatchWriter implements Runnable, AutoCloseable {
  private static final int MOST_COMMAND_BYTES = 256;

  private final UniformTrade trade;
  private final Ledger ledger;
  private final BatchKeeper keeper;
  private final int batch;
  private final ByteBuffer memory;
  private final UnsafeBuffer commands;
  private final int[] offsets;
  private final int[] lengths;
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
  private final OkReplies replies = new OkReplies();

  BatchWriter(UniformTrade trade, BatchKeeper keeper, int batch) {
    this.trade = trade;
    this.keeper = keeper;
    this.batch = batch;
    ledger = trade.ledger();
    memory = ByteBuffer.allocateDirect(batch * MOST_COMMAND_BYTES);
    commands = new UnsafeBuffer(memory);
    offsets = new int[batch];
    lengths = new int[batch];
  }

  /** Writes one batch. */
  @Override
  public void run() {
    int end = 0;
    for (int i = 0; i < batch; i++) {
      offsets[i] = end + CommandBatch.LENGTH_PREFIX;
      lengths[i] = trade.encodeNext(commands, offsets[i]);
      final int next = end + CommandBatch.encodedLength(lengths[i]);
      commands.setMemory(offsets[i] + lengths[i], next - offsets[i] - lengths[i], (byte) 0);
      commands.putInt(end, lengths[i], ByteOrder.LITTLE_ENDIAN);
      end = next;
    }
    keeper.keep(batch, commands, end);
    for (int i = 0; i < batch; i++) {
      if (i % Ledger.LOOKAHEAD == 0) {
        lookAhead(i);
      }
      final int length =
          ledger.apply(ledger.sequence() + 1, commands, offsets[i], lengths[i], reply, 0);
      replies.onReply(i, reply, 0, length);
    }
  }

  /** As the pipeline does. */
  private void lookAhead(int from) {
    for (int i = from; i < Math.min(batch, from + Ledger.LOOKAHEAD); i++) {
      ledger.announce(commands, offsets[i]);
    }
    ledger.lookAhead();
  }

  @Override
  public void close() {
    BufferUtil.free(memory);
  }
}
