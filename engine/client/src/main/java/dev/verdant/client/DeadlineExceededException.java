package dev.verdant.client;

/**
 * A call's deadline passed without an answer. Unless it was never sent, the command may or may not
 * be in force; sending it again with the same transaction id is safe.
 */
public final class DeadlineExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean sent;

  DeadlineExceededException(String message, boolean sent) {
    this(message, sent, null);
  }

  DeadlineExceededException(String message, boolean sent, Throwable cause) {
    super(message, cause);
    this.sent = sent;
  }

  /** Whether the request had been sent. If not, nothing was done, nor will be. */
  public boolean wasSent() {
    return sent;
  }
}
