package dev.verdant.journal.recovery;

import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.Ledger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The ledger that a data directory makes: a snapshot's, or an empty one, and what follows. */
public final class LedgerRecovery implements RecoveryTarget, AutoCloseable {
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
  private Ledger ledger = new Ledger();

  @Override
  public void restore(StoredSnapshot snapshot) {
    final Ledger restored = snapshot.load();
    ledger.close();
    ledger = restored;
  }

  @Override
  public void onCommand(long sequence, DirectBuffer buffer, int offset, int length) {
    ledger.apply(sequence, buffer, offset, length, reply, 0);
  }

  @Override
  public void onAnnounced(DirectBuffer buffer, int offset) {
    ledger.announce(buffer, offset);
  }

  @Override
  public void onAllAnnounced() {
    ledger.lookAhead();
  }

  /** The ledger as of the last command handed over; the caller's to close if it takes it. */
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    ledger.close();
  }
}
