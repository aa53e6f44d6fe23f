package dev.verdant.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
  void shouldRestForLongFromWorkThatCameToNothing() {
    work(WorkPace.WORK_NANOS - 1);
    pace.restFromVainWork();
    assertThat(rests).containsExactly(WorkPace.VAIN_REST_NANOS);
    work(WorkPace.WORK_NANOS - 1);
    assertThat(rests).hasSize(1);
    work(1);
    assertThat(rests).containsExactly(WorkPace.VAIN_REST_NANOS, WorkPace.WORK_NANOS);
    assertThat(pace.rests()).isEqualTo(2);
  }

  private void work(long nanos) {
    workedNanos += nanos;
    pace.keep();
  }
}
