package dev.verdant.pipeline;

/**
 * Whose turn it is to write replies: the ledger stage's until the engine fails, then that of the
 * stage which answers for it.
 *
 * <p>The ledger stage says that it writes, then looks whether the engine has failed; the other has
 * seen the failure and looks whether the ledger stage writes. All four are volatile, so at least
 * one of them sees the other: never do both write.
 */
final class ReplyTurn {
  private final EngineState state;
  private volatile boolean writing;

  ReplyTurn(EngineState state) {
    this.state = state;
  }

  /** Ledger stage: whether it may write, until it calls {@link #end}. */
  boolean begin() {
    writing = true;
    if (state.failure() == null) {
      return true;
    }
    writing = false;
    return false;
  }

  /** Ledger stage: it writes no more, for now. */
  void end() {
    writing = false;
  }

  /** The other, in a failed engine: returns when the ledger stage has written its last. */
  void awaitEnd() {
    while (writing) {
      Thread.onSpinWait();
    }
  }
}
