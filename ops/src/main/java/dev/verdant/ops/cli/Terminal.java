package dev.verdant.ops.cli;

import java.io.PrintStream;

/** Whether someone is looking. The launcher knows and says so. */
final class Terminal {
  /** Set by the launcher where standard error is a terminal. */
  private static final String PROPERTY = "verdant.terminal";

  /** Standard error where it is a terminal, or null. */
  static PrintStream standardError() {
    return Boolean.getBoolean(PROPERTY) ? System.err : null;
  }

  private Terminal() {}
}
