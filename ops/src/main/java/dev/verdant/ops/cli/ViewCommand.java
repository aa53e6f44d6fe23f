package dev.verdant.ops.cli;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.LedgerSession;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What all views share: where the ledger is, and results on standard output. */
abstract class ViewCommand implements Callable<Integer> {
  /** A view waits for each answer; a digest or a page of accounts may take its time. */
  private static final int DEADLINE_SECONDS = 120;

  @Mixin private LedgerTarget target;

  /**
   * Looks at the options before the ledger is opened, which may take a while.
   *
   * @throws dev.verdant.ops.session.CommandFailure if one does not fit.
   */
  void check() {}

  /** Asks and writes. */
  abstract void write(Exchange exchange, JsonLines out) throws IOException;

  @Override
  public final Integer call() throws IOException {
    check();
    try (LedgerSession session = target.openForReading();
        JsonLines out = JsonLines.onStandardOutput()) {
      write(new Exchange(session.connection(), 1, DEADLINE_SECONDS), out);
    }
    return 0;
  }
}
