package dev.verdant.ops.cli;

import dev.verdant.ops.server.Server;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the server when the process is told to end. The JVM would give a process ended by a signal
 * the status 128 + signal; a stop in good order has status 0, so the hook itself ends the process.
 */
final class StopOnSignal {
  private static final Logger LOGGER = LoggerFactory.getLogger(StopOnSignal.class);

  private final Server server;
  private final AtomicBoolean ending = new AtomicBoolean();

  private StopOnSignal(Server server) {
    this.server = server;
  }

  static StopOnSignal install(Server server) {
    StopOnSignal stop = new StopOnSignal(server);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "verdant-stop"));
    return stop;
  }

  /** Leaves the end to the caller from now on. */
  void cancel() {
    ending.set(true);
  }

  private void run() {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    int status = 0;
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      LOGGER.error("the stop failed", e);
      status = 1;
    }
    Runtime.getRuntime().halt(server.hasFailed() ? 1 : status);
  }
}
