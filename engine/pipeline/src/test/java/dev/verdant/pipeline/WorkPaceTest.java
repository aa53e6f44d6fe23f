package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkPaceTest {
  private final List<Long> rests = new ArrayList<>();
  private long workedNanos;
  private final WorkPace pace = new WorkPace(() -> workedNanos, rests::add);

  @Test
  void shouldRestAsLongAsItHasWorkedOnceThatWasEnough() {
    work(WorkPace.WORK_NANOS - 1);
    assertThat(rests).isEmpty();
    work(1);
    work(0);
    assertThat(rests).containsExactly(WorkPace.WORK_NANOS);
    work(WorkPace.WORK_NANOS - 1);
    assertThat(rests).hasSize(1);
    work(2);
    assertThat(rests).containsExactly(WorkPace.WORK_NANOS, WorkPace.WORK_NANOS + 1);
  }

  @Test
  void shouldRestOnceAndNotForLongHoweverLongItHasNotBeenAsked() {
    work(1_000 * WorkPace.WORK_NANOS);
    work(WorkPace.WORK_NANOS - 1);
    assertThat(rests).containsExactly(WorkPace.MAX_REST_NANOS);
  }

  @Test
  void shouldCountABackgroundThreadsOwnProcessorTime() throws Exception {
    final FutureTask<Long> task = new FutureTask<>(WorkPaceTest::workUntilRested);
    final Thread thread = new BackgroundThread(task, "background");
    thread.start();
    assertThat(task.get(60, TimeUnit.SECONDS)).isPositive();
    thread.join();
  }

  /** Works and asks until it has been parked; returns how often it asked. */
  private static long workUntilRested() {
    final BackgroundThread thread = (BackgroundThread) Thread.currentThread();
    long asked = 0;
    while (thread.rests() == 0) {
      BackgroundThread.pause();
      asked++;
    }
    return asked;
  }

  private void work(long nanos) {
    workedNanos += nanos;
    pace.keep();
  }
}
