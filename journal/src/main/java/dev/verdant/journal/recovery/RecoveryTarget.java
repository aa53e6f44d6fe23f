package dev.verdant.journal.recovery;

import dev.verdant.journal.snapshot.StoredSnapshot;
import org.agrona.DirectBuffer;

/** What a data directory is read back into: the state of a snapshot, then commands. */
public interface RecoveryTarget extends CommandConsumer {
  /**
   * Takes the state of a snapshot, in place of all commands up to its sequence. Called before any
   * command; again, with an older one, where it throws.
   *
   * @throws dev.verdant.journal.snapshot.SnapshotDamagedException if the snapshot is of no use.
   */
  void restore(StoredSnapshot snapshot);

  /** A target that knows no snapshots: it gets all commands, from the first one on. */
  static RecoveryTarget ofCommands(CommandConsumer consumer) {
    return new RecoveryTarget() {
      @Override
      public boolean takesSnapshots() {
        return false;
      }

      @Override
      public void restore(StoredSnapshot snapshot) {
        throw new IllegalStateException("commands only, not " + snapshot.path());
      }

      @Override
      public void onCommand(long sequence, DirectBuffer buffer, int offset, int length) {
        consumer.onCommand(sequence, buffer, offset, length);
      }
    };
  }

  /** Whether {@link #restore} may be called. */
  default boolean takesSnapshots() {
    return true;
  }
}
