package dev.verdant.client;

/**
 * The engine stopped before it could acknowledge. Whether the command is in force is known after
 * recovery; sending it again with the same transaction id is safe.
 */
public final class EngineFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineFailedException(String message) {
    super(message);
  }
}
