package dev.verdant.ops.server;

import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.release.ReleaseScheduler;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.codec.Status;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
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
  private Optional<ScheduledFuture<?>> polling = Optional.empty();
  private Optional<Status> refusal = Optional.empty();
  private volatile long releasedDay;

  /**
   * Makes a timer that has not started.
   *
   * @param clock of the engine.
   * @param at time of the business day.
   */
  ReleaseTimer(Engine engine, EpochClock clock, LocalTime at) {
    connection = engine.connect();
    scheduler = new ReleaseScheduler(connection, clock, at);
  }

  /** Starts to run every pool's release once a business day. */
  void start() {
    polling =
        Optional.of(
            executor.scheduleWithFixedDelay(
                this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS));
  }

  /**
   * The last business day for which this timer has released every pool, in days since 1970-01-01; 0
   * if it has not yet. Any thread.
   */
  long releasedDay() {
    return releasedDay;
  }

  private void poll() {
    try {
      scheduler.poll();
    } catch (ConnectionLostException e) {
      LOGGER.info("no more releases: {}", e.getMessage());
      executor.shutdown();
    } catch (RuntimeException | Error e) {
      // Would end the schedule without a word.
      LOGGER.error("no more daily releases until the next start", e);
      throw e;
    }
    if (!scheduler.refusal().equals(refusal)) {
      refusal = scheduler.refusal();
      refusal.ifPresent(
          status -> LOGGER.warn("not every pool could be released: {}; again each minute", status));
    }
    long day = Math.max(0, scheduler.doneDay());
    if (day != releasedDay) {
      releasedDay = day;
      LOGGER.info("released every pool for business day {}", LocalDate.ofEpochDay(day));
    }
  }

  /** Ends the thread, then the connection. */
  @Override
  public void close() {
    polling.ifPresent(schedule -> schedule.cancel(false));
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
