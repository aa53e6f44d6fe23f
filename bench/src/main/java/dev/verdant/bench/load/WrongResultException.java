package dev.verdant.bench.load;

/** A ledger answered or booked something else than it must: whatever was measured is void. */
public final class WrongResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what had to be. */
  public WrongResultException(String message) {
    super(message);
  }

  /**
   * Requires what must be.
   *
   * @throws WrongResultException naming both if it is something else.
   */
  public static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new WrongResultException(what + ": " + found + " instead of " + expected);
    }
  }
}
