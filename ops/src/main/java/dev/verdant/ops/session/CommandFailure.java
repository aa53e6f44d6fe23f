package dev.verdant.ops.session;

/** A command cannot do what it was asked. The message is one line for the operator. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit status of a failed check or of work that could not be done. */
  public static final int FAILED = 1;

  /** Exit status of wrong usage. */
  public static final int USAGE = 2;

  private final int exitStatus;

  private CommandFailure(int exitStatus, String message, Throwable cause) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** The work could not be done, or a check failed. */
  public static CommandFailure failed(String message) {
    return new CommandFailure(FAILED, message, null);
  }

  /** The work could not be done. */
  public static CommandFailure failed(String message, Throwable cause) {
    return new CommandFailure(FAILED, message, cause);
  }

  /** The command line asks for something that is not there or cannot be meant. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(USAGE, message, null);
  }

  public int exitStatus() {
    return exitStatus;
  }
}
