package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines of lots: filled, emptied by exits, used again. */
class LotsTest {
  private final Memory memory = new Memory();
  private final Lots lots = new Lots(memory);
  private final Cohorts cohorts = new Cohorts();

  @AfterEach
  void close() {
    memory.close();
  }

  /** Lots of cohorts 1 to {@code count}, each with its number times 100 points. */
  private int chain(int count) {
    int head = 0;
    for (int cohort = 1; cohort <= count; cohort++) {
      head = lots.add(head, cohort, cohort * 100L, cohorts);
    }
    return head;
  }

  private int cohorts(int count) {
    for (int cohort = 1; cohort <= count; cohort++) {
      cohorts.add(1, 1, cohort);
    }
    return count;
  }

  /** None of them is before another, so a chain may have to be searched to its end. */
  private void cohortsOfOnePeriod(int count) {
    for (int plan = 1; plan <= count; plan++) {
      cohorts.add(1, plan, 1);
    }
  }

  private int lines(int head) {
    int count = 0;
    for (int slot = head; slot != 0; slot = Lots.next(lots.read(slot))) {
      count++;
    }
    return count;
  }

  @Test
  void shouldFillALineBeforeItTakesAnother() {
    cohortsOfOnePeriod(11);
    assertThat(lines(chain(5))).isEqualTo(1);
    assertThat(lines(chain(6))).isEqualTo(2);
    assertThat(lines(chain(11))).isEqualTo(3);
  }

  @Test
  void shouldAddToTheLotOfTheCohortWhereverItIsInTheChain() {
    cohortsOfOnePeriod(12);
    final int head = chain(12);
    assertThat(lots.add(head, 1, 7, cohorts)).isEqualTo(head);
    assertThat(lots.add(head, 12, 5, cohorts)).isEqualTo(head);
    lots.set(head, 6, 1);

    assertThat(lots.pointsOf(head, 1)).isEqualTo(107);
    assertThat(lots.pointsOf(head, 12)).isEqualTo(1205);
    assertThat(lots.pointsOf(head, 6)).isEqualTo(1);
    assertThat(lots.pointsOf(head, 7)).isEqualTo(700);
  }

  @Test
  void shouldGiveALineBackWithItsLastLotAndUseItAgain() {
    final int count = cohorts(15);
    int head = chain(count);
    final long held = memory.allocatedBytes();
    for (int cohort = 6; cohort <= 10; cohort++) {
      cohorts.at(cohort).exited = true;
    }
    head = lots.dropExited(head, cohorts);

    assertThat(lines(head)).isEqualTo(2);
    assertThat(lots.pointsOf(head, 5)).isEqualTo(500);
    assertThat(lots.pointsOf(head, 11)).isEqualTo(1100);
    assertThat(lines(chain(5))).isEqualTo(1);
    assertThat(memory.allocatedBytes()).isEqualTo(held);
  }

  @Test
  void shouldDropTheHeadAndEverythingWhenAllHaveExited() {
    final int count = cohorts(12);
    final int head = chain(count);
    cohorts.at(12).exited = true;
    cohorts.at(11).exited = true;
    final int second = lots.dropExited(head, cohorts);
    assertThat(second).isNotEqualTo(head);
    for (int cohort = 1; cohort <= count; cohort++) {
      cohorts.at(cohort).exited = true;
    }
    assertThat(lots.dropExited(second, cohorts)).isZero();
  }

  @Test
  void shouldFindTheLotOfARunningPeriodBehindManyPeriodsOfAnotherPool() {
    cohorts.add(2, 1, 1);
    int head = lots.add(0, 1, 100, cohorts);
    for (int period = 1; period <= 11; period++) {
      cohorts.add(1, 1, period);
      head = lots.add(head, 1 + period, 10, cohorts);
    }
    assertThat(lines(head)).isEqualTo(3);

    assertThat(lots.add(head, 1, 7, cohorts)).isEqualTo(head);
    assertThat(lots.pointsOf(head, 1)).isEqualTo(107);
  }

  @Test
  void shouldFillTheGapOfAnExitedLotInTheNewestLineOnly() {
    cohorts(7);
    int head = chain(6);
    cohorts.at(6).exited = true;
    cohorts.at(2).exited = true;
    head = lots.dropExited(head, cohorts);
    assertThat(lines(head)).isEqualTo(1);
    head = lots.add(head, 7, 70, cohorts);

    assertThat(lines(head)).isEqualTo(1);
    assertThat(lots.pointsOf(head, 7)).isEqualTo(70);
    assertThat(lots.pointsOf(head, 3)).isEqualTo(300);
  }
}
