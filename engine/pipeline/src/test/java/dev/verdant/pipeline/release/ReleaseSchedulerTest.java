package dev.verdant.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.protocol.MessageConnection;
import java.time.Instant;
import java.time.LocalTime;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReleaseSchedulerTest {
  private static final long DAY_MILLIS = 86_400_000;

  private final AtomicLong now =
      new AtomicLong(Instant.parse("2026-03-01T00:04:00+08:00").toEpochMilli());

  private ReleaseScheduler scheduler(MessageConnection connection) {
    return new ReleaseScheduler(
        connection, now::get, () -> ReleaseScheduler.DEFAULT_OFFSET_MINUTES, LocalTime.of(0, 5));
  }

  @Test
  void shouldRunEachPoolOnceADayAndAgainHarmlesslyAfterARestart() {
    final MemoryJournal journal = new MemoryJournal();
    try (Ledger ledger = new Ledger();
        Engine engine =
            Engine.launch(
                new Engine.Context()
                    .ledger(ledger)
                    .journal(journal)
                    .clock(now::get)
                    .failureListener(Throwable::printStackTrace));
        MessageConnection first = engine.connect();
        MessageConnection second = engine.connect()) {
      final ReleaseScheduler scheduler = scheduler(first);
      assertThat(scheduler.poll()).as("before its time").isZero();

      now.addAndGet(3_600_000);
      final long day = Math.floorDiv(now.get() + 8 * 3_600_000L, DAY_MILLIS);
      awaitDay(scheduler, day);
      assertThat(journal.lastSequence()).as("two pools").isEqualTo(2);
      assertThat(scheduler.poll()).as("done for today").isZero();

      awaitDay(scheduler(second), day);
      assertThat(journal.lastSequence()).as("answered ALREADY_RUN").isEqualTo(4);

      now.addAndGet(2 * DAY_MILLIS);
      awaitDay(scheduler, day + 2);
      assertThat(journal.lastSequence()).isEqualTo(6);
    }
  }

  private static void awaitDay(ReleaseScheduler scheduler, long day) {
    Awaitility.await("the releases of day " + day)
        .until(
            () -> {
              scheduler.poll();
              return scheduler.doneDay() == day;
            });
  }
}
