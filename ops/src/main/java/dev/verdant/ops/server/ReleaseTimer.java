package dev.verdant.ops.server;

import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.release.ReleaseScheduler;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.MessageConnection;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the daily releases on a thread of its own, by a connection within the process. */
final class ReleaseTimer implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReleaseTimer.class);
  private static final long POLL_MILLIS = 100;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "verdant-release"));
  private final MessageConnection connection;
  private final ReleaseScheduler scheduler;
  private ScheduledFuture<?> polling;
  private long reportedDay = Long.MIN_VALUE;

  private ReleaseTimer(MessageConnection connection, ReleaseScheduler scheduler) {
    this.connection = connection;
    this.scheduler = scheduler;
  }

  /**
   * Starts to run every pool's release once a business day.
   *
   * @param at time of the business day.
   */
  static ReleaseTimer start(Engine engine, LocalTime at) {
    MessageConnection connection = engine.connect();
    ReleaseTimer timer =
        new ReleaseTimer(
            connection, new ReleaseScheduler(connection, SystemEpochClock.INSTANCE, at));
    timer.polling =
        timer.executor.scheduleWithFixedDelay(
            timer::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    return timer;
  }

  private void poll() {
    try {
      scheduler.poll();
    } catch (ConnectionLostException e) {
      LOGGER.info("no more releases: {}", e.getMessage());
      executor.shutdown();
    } catch (RuntimeException e) {
      // Would end the schedule without a word.
      LOGGER.error("no more daily releases until the next start", e);
      throw e;
    }
    if (scheduler.doneDay() != reportedDay) {
      reportedDay = scheduler.doneDay();
      LOGGER.info("released every pool for business day {}", LocalDate.ofEpochDay(reportedDay));
    }
  }

  /** Ends the thread, then the connection. */
  @Override
  public void close() {
    polling.cancel(false);
    executor.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    connection.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
