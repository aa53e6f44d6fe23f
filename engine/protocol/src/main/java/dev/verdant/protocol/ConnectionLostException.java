package dev.verdant.protocol;

/**
 * The other side is gone. Requests without a reply may or may not have been applied; sending them
 * again is safe, since a transaction id makes a command exactly once.
 */
public final class ConnectionLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message) {
    super(message);
  }

  public ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
