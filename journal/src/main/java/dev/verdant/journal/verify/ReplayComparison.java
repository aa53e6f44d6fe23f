package dev.verdant.journal.verify;

import dev.verdant.journal.recovery.CommandConsumer;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.SnapshotVerification.Comparison;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.view.DigestView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Replays a journal and compares each snapshot with what the commands make when its sequence has
 * come. Where the journal does not begin with the first command, or goes on behind a gap, it starts
 * again from the snapshot that holds what is missing.
 *
 * <p>Looks ahead to no command, so that it depends on less than a start does.
 */
final class ReplayComparison implements CommandConsumer, AutoCloseable {
  private final List<StoredSnapshot> ascending;
  private final List<SnapshotVerification> compared = new ArrayList<>();
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
  private Ledger ledger = new Ledger();
  private long startSequence;
  private long lastSeen;
  private int next;

  ReplayComparison(List<StoredSnapshot> snapshots) {
    ascending =
        snapshots.stream().sorted(Comparator.comparingLong(StoredSnapshot::sequence)).toList();
  }

  @Override
  public void onCommand(long sequence, DirectBuffer buffer, int offset, int length) {
    if (sequence != lastSeen + 1) {
      ascending.stream()
          .filter(snapshot -> snapshot.sequence() >= sequence - 1)
          .findFirst()
          .ifPresent(this::startFrom);
    }
    lastSeen = sequence;
    compareUpTo(Math.min(sequence - 1, ledger.sequence()));
    if (sequence == ledger.sequence() + 1) {
      ledger.apply(sequence, buffer, offset, length, reply, 0);
    }
  }

  private void startFrom(StoredSnapshot snapshot) {
    ledger.close();
    ledger = snapshot.load();
    startSequence = snapshot.sequence();
  }

  private void compareUpTo(long sequence) {
    while (next < ascending.size() && ascending.get(next).sequence() <= sequence) {
      final StoredSnapshot snapshot = ascending.get(next++);
      compared.add(SnapshotVerification.of(snapshot, compare(snapshot)));
    }
  }

  private Comparison compare(StoredSnapshot snapshot) {
    if (snapshot.sequence() != ledger.sequence() || snapshot.sequence() == startSequence) {
      return Comparison.NOT_POSSIBLE;
    }
    final DigestView replayed = digest(ledger);
    final Optional<DigestView> told = snapshot.digest();
    try (Ledger loaded = snapshot.load()) {
      return digest(loaded).equals(replayed) && told.map(replayed::equals).orElse(true)
          ? Comparison.EQUAL
          : Comparison.DIFFERENT;
    }
  }

  private static DigestView digest(Ledger ledger) {
    try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
      return snapshot.digest();
    }
  }

  /** Compares what is left; a snapshot newer than the journal is what a start goes on from. */
  void finish() {
    compareUpTo(ledger.sequence());
    if (next < ascending.size()) {
      startFrom(ascending.get(ascending.size() - 1));
      compareUpTo(Long.MAX_VALUE);
    }
  }

  /** Newest last. */
  List<SnapshotVerification> compared() {
    return compared;
  }

  /** Sequence of the snapshot that the replay started from last, 0 if from an empty ledger. */
  long startSequence() {
    return startSequence;
  }

  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    ledger.close();
  }
}
