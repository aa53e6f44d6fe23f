package dev.verdant.ops.cli;

import dev.verdant.ops.server.Server;
import dev.verdant.ops.server.ServerLog;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the server when the process is told to end. The JVM would give a process ended by a signal
 * the status 128 + signal; a stop in good order has status 0, so the hook itself ends the process.
 */
final class StopOnSignal {
  private static final Logger LOGGER = LoggerFactory.getLogger(StopOnSignal.class);

  private final ServerLog log;

  /** Null until the ledger has been recovered. */
  private Server server;

  private boolean cancelled;

  private StopOnSignal(ServerLog log) {
    this.log = log;
  }

  static StopOnSignal install(ServerLog log) {
    StopOnSignal stop = new StopOnSignal(log);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "verdant-stop"));
    return stop;
  }

  /** What is to be stopped from now on; does not return where the process is ending already. */
  synchronized void covers(Server recovered) {
    server = recovered;
  }

  /** Leaves the end to the caller from now on. */
  synchronized void cancel() {
    cancelled = true;
  }

  private synchronized void run() {
    if (cancelled) {
      return;
    }
    final int status = server == null ? abandonRecovery() : close();
    log.drain();
    Runtime.getRuntime().halt(status);
  }

  /** A recovery is that of a crash: whatever it has come to, the next start begins again. */
  private static int abandonRecovery() {
    LOGGER.info("stopped before the ledger was recovered; nothing is lost");
    return 0;
  }

  private int close() {
    try {
      server.close();
      return server.hasFailed() ? 1 : 0;
    } catch (IOException | RuntimeException | Error e) {
      LOGGER.error("the stop failed", e);
      return 1;
    }
  }
}
