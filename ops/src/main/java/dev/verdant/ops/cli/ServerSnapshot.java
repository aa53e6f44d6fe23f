package dev.verdant.ops.cli;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.SnapshotProgressResult;
import dev.verdant.client.result.TakeSnapshotResult;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.protocol.codec.SnapshotOutcome;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Has a server take a snapshot, and waits for its end. One thread. */
final class ServerSnapshot {
  private static final int DEADLINE_SECONDS = 60;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final LedgerSession session;
  private final Exchange exchange;
  private final PrintStream terminal;

  /**
   * @param terminal is told that it takes a while, or null.
   */
  ServerSnapshot(LedgerSession session, PrintStream terminal) {
    this.session = session;
    this.exchange = new Exchange(session.connection(), 1, DEADLINE_SECONDS);
    this.terminal = terminal;
  }

  /**
   * Takes a snapshot and writes what came of it.
   *
   * @throws CommandFailure if the server takes none, or could not write it.
   */
  void take(JsonLines out) throws IOException {
    TakeSnapshotResult begun = answered(new Query.TakeSnapshot());
    SnapshotProgressResult progress = awaitEnd(begun);
    // What another left on disk meanwhile is as good.
    if (progress.endedAs() == SnapshotOutcome.FAILED && !progress.isOnDisk(begun)) {
      throw CommandFailure.failed(
          session.name()
              + " could not write a snapshot of sequence "
              + begun.sequence()
              + ", its log says why; the newest on disk is of sequence "
              + progress.newestSequence());
    }
    SnapshotCommand.write(
        out,
        progress.newestSequence(),
        progress.endedAs() == SnapshotOutcome.WRITTEN,
        progress.accounts(),
        progress.bytes());
  }

  private SnapshotProgressResult awaitEnd(TakeSnapshotResult begun) {
    SnapshotProgressResult progress = answered(new Query.SnapshotProgress());
    if (terminal != null && !progress.hasEnded(begun)) {
      terminal.println("waiting for snapshot " + begun.number() + " of " + session.name());
    }
    while (!progress.hasEnded(begun)) {
      LockSupport.parkNanos(POLL_NANOS);
      progress = answered(new Query.SnapshotProgress());
    }
    return progress;
  }

  private <R extends Result> R answered(Query<R> query) {
    R result = exchange.call(query);
    if (!result.accepted()) {
      throw CommandFailure.failed(
          session.name()
              + " takes no snapshot: "
              + result.status()
              + " "
              + result.outcome().detail());
    }
    return result;
  }
}
