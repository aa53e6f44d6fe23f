package dev.verdant.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.pipeline.Patience;
import dev.verdant.pipeline.TestMessages;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.codec.Status;
import java.time.Instant;
import java.time.LocalTime;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class ReleaseSchedulerTest {
  private static final long DAY_MILLIS = 86_400_000;

  private final AtomicLong now =
      new AtomicLong(Instant.parse("2026-03-01T00:04:00+08:00").toEpochMilli());

  /** Requests of all schedulers whose replies they have not taken, though they may be there. */
  private int unanswered;

  private ReleaseScheduler scheduler(MessageConnection connection) {
    return new ReleaseScheduler(new Counting(connection), now::get, LocalTime.of(0, 5));
  }

  /** Counts what a scheduler has not had the answer to. */
  private final class Counting implements MessageConnection {
    private final MessageConnection connection;

    Counting(MessageConnection connection) {
      this.connection = connection;
    }

    @Override
    public boolean offer(DirectBuffer buffer, int offset, int length) {
      final boolean taken = connection.offer(buffer, offset, length);
      unanswered += taken ? 1 : 0;
      return taken;
    }

    @Override
    public void flush() {
      connection.flush();
    }

    @Override
    public int poll(MessageHandler handler) {
      final int count = connection.poll(handler);
      unanswered -= count;
      return count;
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  @Test
  void shouldRunEachPoolOnceADayAndAgainHarmlesslyAfterARestart() {
    final MemoryJournal journal = new MemoryJournal();
    try (Ledger ledger = new Ledger();
        Engine engine = launch(ledger, journal);
        MessageConnection first = engine.connect();
        MessageConnection second = engine.connect()) {
      final ReleaseScheduler scheduler = scheduler(first);
      awaitQueries(scheduler, engine, 2);
      assertThat(scheduler.doneDay()).as("before its time").isEqualTo(Long.MIN_VALUE);

      now.addAndGet(60_000);
      final long day = businessDay(8);
      awaitDay(scheduler, day);
      assertThat(journal.lastSequence()).as("two pools").isEqualTo(2);
      assertThat(scheduler.poll()).as("done for this minute").isZero();
      now.addAndGet(60_000);
      awaitQueries(scheduler, engine, 6);
      assertThat(journal.lastSequence()).as("done for today").isEqualTo(2);

      awaitDay(scheduler(second), day);
      assertThat(journal.lastSequence()).as("answered ALREADY_RUN").isEqualTo(4);

      now.addAndGet(2 * DAY_MILLIS);
      awaitDay(scheduler, day + 2);
      assertThat(journal.lastSequence()).isEqualTo(6);
    }
  }

  @Test
  void shouldGoByTheOffsetThatTheProgramHas() {
    try (Ledger ledger = new Ledger();
        Engine engine = launch(ledger, new MemoryJournal());
        MessageConnection upstream = engine.connect();
        MessageConnection own = engine.connect()) {
      final TestMessages messages = new TestMessages();
      assertThat(upstream.offer(messages.buffer, 0, messages.businessOffset(1, 9 * 60))).isTrue();
      Patience.await("the program").until(() -> engine.counters().replies() == 1);
      // 00:04 at +08:00 is 01:04 at +09:00.
      awaitDay(scheduler(own), businessDay(9));
    }
  }

  @Test
  void shouldTryAgainInTheNextMinuteWhatWasRefused() {
    final MemoryJournal journal = new MemoryJournal();
    try (Ledger ledger = new Ledger();
        Engine engine = launch(ledger, journal);
        MessageConnection own = engine.connect()) {
      final ReleaseScheduler scheduler = scheduler(own);
      now.addAndGet(60_000);
      journal.setFull(true);
      Patience.await("both pools are refused")
          .until(
              () -> {
                scheduler.poll();
                return engine.counters().refused() == 2 && isIdle(scheduler);
              });
      journal.setFull(false);
      assertThat(scheduler.poll()).as("not before the next minute").isZero();
      assertThat(scheduler.doneDay()).isEqualTo(Long.MIN_VALUE);
      assertThat(scheduler.refusal()).contains(Status.OUT_OF_SPACE);

      now.addAndGet(60_000);
      awaitDay(scheduler, businessDay(8));
      assertThat(journal.lastSequence()).isEqualTo(2);
      assertThat(scheduler.refusal()).isEmpty();
    }
  }

  @Test
  void shouldNotTakeADayForReleasedThatEngineTimeIsAheadOf() {
    try (Ledger ledger = new Ledger();
        Engine engine = launch(ledger, new MemoryJournal());
        MessageConnection first = engine.connect();
        MessageConnection second = engine.connect()) {
      now.addAndGet(2 * DAY_MILLIS + 60_000);
      final ReleaseScheduler wasAhead = scheduler(first);
      awaitDay(wasAhead, businessDay(8));
      now.addAndGet(-DAY_MILLIS);
      awaitRefusal(wasAhead);
      final ReleaseScheduler scheduler = scheduler(second);
      awaitRefusal(scheduler);
      assertThat(scheduler.doneDay()).isEqualTo(Long.MIN_VALUE);
      now.addAndGet(DAY_MILLIS);
      awaitDay(scheduler, businessDay(8));
    }
  }

  /** There is no minute of the day after it. */
  @Test
  void shouldRunOnItsDayThoughItsTimeIsWithinTheLastMinute() {
    try (Ledger ledger = new Ledger();
        Engine engine = launch(ledger, new MemoryJournal());
        MessageConnection own = engine.connect()) {
      now.addAndGet(DAY_MILLIS - 5 * 60_000);
      final ReleaseScheduler scheduler = new ReleaseScheduler(own, now::get, LocalTime.MAX);
      awaitDay(scheduler, businessDay(8));
    }
  }

  private Engine launch(Ledger ledger, MemoryJournal journal) {
    return Engine.launch(
        new EngineContext()
            .ledger(ledger)
            .journal(journal)
            .clock(now::get)
            .failureListener(Throwable::printStackTrace));
  }

  private long businessDay(int offsetHours) {
    return Math.floorDiv(now.get() + offsetHours * 3_600_000L, DAY_MILLIS);
  }

  /** The engine counts before it answers. */
  private boolean isIdle(ReleaseScheduler scheduler) {
    return unanswered == 0 && scheduler.poll() == 0;
  }

  private void awaitQueries(ReleaseScheduler scheduler, Engine engine, long queries) {
    Patience.await("the answers to " + queries + " queries")
        .until(
            () -> {
              scheduler.poll();
              return engine.counters().queries() == queries && isIdle(scheduler);
            });
  }

  private static void awaitRefusal(ReleaseScheduler scheduler) {
    Patience.await("the refusal")
        .until(
            () -> {
              scheduler.poll();
              return scheduler.refusal().isPresent();
            });
    assertThat(scheduler.refusal()).contains(Status.DAY_PASSED);
  }

  private static void awaitDay(ReleaseScheduler scheduler, long day) {
    Patience.await("the releases of day " + day)
        .until(
            () -> {
              scheduler.poll();
              return scheduler.doneDay() == day;
            });
  }
}
