package dev.verdant.journal;

/**
 * The journal does not hold all that was acknowledged, or holds what cannot be right. Nothing has
 * been changed; a start would lose commands silently.
 */
public final class JournalDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  JournalDamagedException(Fault fault) {
    super("the journal is damaged and has been left as it is: " + fault);
    this.fault = fault;
  }

  /** The first bad record. */
  public Fault fault() {
    return fault;
  }
}
