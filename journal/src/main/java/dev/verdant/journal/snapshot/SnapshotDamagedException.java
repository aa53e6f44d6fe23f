package dev.verdant.journal.snapshot;

/** A snapshot cannot be used; it has been left as it is. */
public final class SnapshotDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SnapshotFault fault;

  /**
   * An exception that says what is wrong.
   *
   * @param cause null if there is none.
   */
  public SnapshotDamagedException(SnapshotFault fault, Throwable cause) {
    super(fault.toString(), cause);
    this.fault = fault;
  }

  /** What is wrong. */
  public SnapshotFault fault() {
    return fault;
  }
}
