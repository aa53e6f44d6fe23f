package dev.verdant.bench.load;

/**
 * A load could not be put to its end: the server had no room for it, was silent, or is gone.
 * Nothing that it has answered was wrong, so what was measured before still counts.
 */
public final class LoadFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what kept it. */
  public LoadFailedException(String message) {
    super(message);
  }

  /** The same, with what it came from. */
  public LoadFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
