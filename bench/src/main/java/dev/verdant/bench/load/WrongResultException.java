package dev.verdant.bench.load;

/** A ledger answered or booked something else than it must: whatever was measured is void. */
public final class WrongResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what had to be. */
  public WrongResultException(String message) {
    super(message);
  }
}
