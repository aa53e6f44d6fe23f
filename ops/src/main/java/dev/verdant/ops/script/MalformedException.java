package dev.verdant.ops.script;

/** A line is not a command. The message is the {@code detail} of its result line. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedException(String detail) {
    super(detail, null, false, false);
  }
}
