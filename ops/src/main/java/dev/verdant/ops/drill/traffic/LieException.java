package dev.verdant.ops.drill.traffic;

/** The server has broken a promise. The message says which, with the values found. */
public final class LieException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LieException(String message) {
    super(message);
  }
}
