package dev.verdant.pipeline;

/** The journal could not keep a batch. Fatal for the engine: nothing more may be acknowledged. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
