package dev.verdant.journal;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.view.DigestView;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.Messages;
import org.agrona.concurrent.UnsafeBuffer;

/** Trades as {@link Trade} tells: keeps each batch in a journal, applies it to a ledger. */
public final class Trader {
  private final UnsafeBuffer batch = new UnsafeBuffer(new byte[256 * 1024]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);

  /** Keeps and applies batches of the same size. */
  public void trade(DataDirectory data, int batches, int size) {
    for (int i = 0; i < batches; i++) {
      final long first = data.ledger().sequence() + 1;
      data.journal().append(first, size, batch, 0, Trade.encode(first, size, batch));
      apply(data.ledger(), size);
    }
  }

  /** Keeps a batch and applies only the first of its commands. */
  void tradeAndApplyOnly(DataDirectory data, int size, int applied) {
    final long first = data.ledger().sequence() + 1;
    data.journal().append(first, size, batch, 0, Trade.encode(first, size, batch));
    apply(data.ledger(), applied);
  }

  /** Keeps and applies one command of another time. */
  void tradeAt(DataDirectory data, long timeMillis) {
    final long sequence = data.ledger().sequence() + 1;
    final int length = Trade.encode(sequence, 1, batch);
    Messages.putCommandTimeMillis(batch, CommandBatch.LENGTH_PREFIX, timeMillis);
    data.journal().append(sequence, 1, batch, 0, length);
    final int messageLength = CommandBatch.messageLength(batch, 0);
    data.ledger().apply(sequence, batch, CommandBatch.LENGTH_PREFIX, messageLength, reply, 0);
  }

  /** Applies the next commands to a ledger without a journal. */
  void apply(Ledger ledger, int commands) {
    for (int i = 0; i < commands; i++) {
      final long sequence = ledger.sequence() + 1;
      Trade.encode(sequence, 1, batch);
      final int length = CommandBatch.messageLength(batch, 0);
      ledger.apply(sequence, batch, CommandBatch.LENGTH_PREFIX, length, reply, 0);
    }
  }

  /** The digest of a ledger that has never stopped, as of a sequence. */
  public DigestView digestAt(long sequence) {
    try (Ledger ledger = new Ledger()) {
      apply(ledger, (int) sequence);
      return digest(ledger);
    }
  }

  public static DigestView digest(Ledger ledger) {
    try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
      return snapshot.digest();
    }
  }
}
