package dev.verdant.client;

/**
 * A call's deadline passed without an answer. Unless the message says that it was never sent, the
 * command may or may not be in force; sending it again with the same transaction id is safe.
 */
public final class DeadlineExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadlineExceededException(String message) {
    super(message);
  }

  DeadlineExceededException(String message, Throwable cause) {
    super(message, cause);
  }
}
