package dev.verdant.journal;

import dev.verdant.journal.scan.Fault;
import dev.verdant.journal.snapshot.SnapshotFault;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The journal does not hold all that was acknowledged, or holds what cannot be right. Nothing has
 * been changed; a start would lose commands silently.
 */
public final class JournalDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  private final transient List<SnapshotFault> snapshotFaults;

  JournalDamagedException(Fault fault, List<SnapshotFault> snapshotFaults) {
    super(
        "the journal is damaged and has been left as it is: "
            + fault
            + snapshotFaults.stream()
                .map(passedOver -> "; passed over: " + passedOver)
                .collect(Collectors.joining()));
    this.fault = fault;
    this.snapshotFaults = List.copyOf(snapshotFaults);
  }

  /** Why snapshots that could have made up for it were of no use, newest first. */
  public List<SnapshotFault> snapshotFaults() {
    return snapshotFaults;
  }

  /** The first bad record. */
  public Fault fault() {
    return fault;
  }
}
