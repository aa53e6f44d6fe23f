package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import dev.verdant.protocol.Limits;
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

  /** What each lot has accrued by its cohort's ratio after a run, one by one. */
  private long accrued(int head, int count, int run) {
    long accrued = 0;
    for (int cohort = 1; cohort <= count; cohort++) {
      accrued += FixedPoint.released(lots.pointsOf(head, cohort), cohorts.at(cohort).paidAt(run));
    }
    return accrued;
  }

  private void requireExactGrowth(int head, int count, int to) {
    final long growth = accrued(head, count, to) - accrued(head, count, 1);
    assertThat(growth).isPositive();
    assertThat(lots.exactGrowth(head, cohorts, 1, to)).isEqualTo(growth);
  }

  private long quickGrowth(int head, int to) {
    return lots.quickGrowth(head, cohorts.paidAfter(1, to), cohorts.paidAfter(to, to));
  }

  @Test
  void shouldAccrueQuicklyJustAsExactlyOrSayThatItCannot() {
    final int count = cohorts(12);
    for (int cohort = 1; cohort <= count; cohort++) {
      cohorts.at(cohort).pay(cohort * FixedPoint.ONE / 333, 1);
      cohorts.at(cohort).pay(cohort * FixedPoint.ONE / 77, 2);
    }
    final int head = chain(count);
    requireExactGrowth(head, count, 2);
    assertThat(quickGrowth(head, 2)).isEqualTo(lots.exactGrowth(head, cohorts, 1, 2));
    lots.set(head, 7, FixedPoint.MANY_POINTS - 1);
    assertThat(quickGrowth(head, 2)).isEqualTo(lots.exactGrowth(head, cohorts, 1, 2));
    lots.set(head, 7, FixedPoint.MANY_POINTS);
    assertThat(quickGrowth(head, 2)).isNegative();
    requireExactGrowth(head, count, 2);
    lots.set(head, 7, Limits.MAX_AMOUNT);
    assertThat(quickGrowth(head, 2)).isNegative();
    requireExactGrowth(head, count, 2);
    lots.set(head, 7, 0);
    assertThat(quickGrowth(head, 2)).isEqualTo(lots.exactGrowth(head, cohorts, 1, 2));
    cohorts.at(3).pay(8 * FixedPoint.ONE, 3);
    assertThat(quickGrowth(head, 3)).isNegative();
    requireExactGrowth(head, count, 3);
  }

  @Test
  void shouldHoldThePointsOfLotsThatHaveNotExited() {
    final int count = cohorts(7);
    final int head = chain(count);
    assertThat(lots.heldPoints(head, cohorts)).isEqualTo(2800);
    cohorts.exit(2, 1);
    cohorts.exit(7, 1);
    assertThat(lots.heldPoints(head, cohorts)).isEqualTo(1900);
    assertThat(lots.heldPoints(0, cohorts)).isZero();
  }

  @Test
  void shouldGiveALineBackWithItsLastLotAndUseItAgain() {
    final int count = cohorts(15);
    int head = chain(count);
    final long held = memory.allocatedBytes();
    for (int cohort = 6; cohort <= 10; cohort++) {
      cohorts.exit(cohort, 1);
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
    cohorts.exit(12, 1);
    cohorts.exit(11, 1);
    final int second = lots.dropExited(head, cohorts);
    assertThat(second).isNotEqualTo(head);
    for (int cohort = 1; cohort <= count; cohort++) {
      cohorts.exit(cohort, 1);
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
    cohorts.exit(6, 1);
    cohorts.exit(2, 1);
    head = lots.dropExited(head, cohorts);
    assertThat(lines(head)).isEqualTo(1);
    head = lots.add(head, 7, 70, cohorts);

    assertThat(lines(head)).isEqualTo(1);
    assertThat(lots.pointsOf(head, 7)).isEqualTo(70);
    assertThat(lots.pointsOf(head, 3)).isEqualTo(300);
  }
}
