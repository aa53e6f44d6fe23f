package dev.verdant.memory;

/**
 * A reader asks a cut that has been given up: what it would have had to keep did not fit the limit,
 * or the memory is closed. The message has the numbers. A new cut may be opened at any time.
 */
public final class CutAbandonedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  CutAbandonedException(String message) {
    super(message);
  }
}
