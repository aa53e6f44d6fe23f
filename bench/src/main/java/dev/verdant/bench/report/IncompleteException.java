package dev.verdant.bench.report;

/** A measurement failed before its end: what it had found until then; the cause says why. */
public final class IncompleteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Result found;

  /** Says what had been found. */
  public IncompleteException(Result found, Throwable cause) {
    super(cause);
    this.found = found;
  }

  /** What was finished before. */
  public Result found() {
    return found;
  }
}
