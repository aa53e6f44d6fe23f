package dev.verdant.client;

import dev.verdant.protocol.codec.Status;

/**
 * The server answered the hello, but not with a yes; of several servers, each. Trying again will
 * not help.
 */
public final class HandshakeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Status status;

  HandshakeException(Status status, String message) {
    super(message);
    this.status = status;
  }

  /** The server's reason, {@code UNSUPPORTED_VERSION} above all. */
  public Status status() {
    return status;
  }
}
