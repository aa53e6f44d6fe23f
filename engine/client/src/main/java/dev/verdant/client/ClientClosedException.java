package dev.verdant.client;

/**
 * The client was closed before the call was answered. A command that had been sent may or may not
 * be in force.
 */
public final class ClientClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientClosedException(String message) {
    super(message);
  }
}
