package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import dev.verdant.protocol.Limits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
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
    for (int slot = head; slot != 0; slot = LotLine.next(lots.read(slot))) {
      count++;
    }
    return count;
  }

  @Test
  void shouldFillALineBeforeItTakesAnother() {
    cohortsOfOnePeriod(19);
    assertThat(lines(chain(8))).isEqualTo(1);
    assertThat(lines(chain(9))).isEqualTo(2);
    assertThat(lines(chain(17))).isEqualTo(3);
  }

  @Test
  void shouldAddToTheLotOfTheCohortWhereverItIsInTheChain() {
    cohortsOfOnePeriod(20);
    final int head = chain(20);
    assertThat(lots.add(head, 1, 7, cohorts)).isEqualTo(head);
    assertThat(lots.add(head, 20, 5, cohorts)).isEqualTo(head);
    lots.takeBack(head, 9, 899);

    assertThat(lots.pointsOf(head, 1)).isEqualTo(107);
    assertThat(lots.pointsOf(head, 20)).isEqualTo(2005);
    assertThat(lots.pointsOf(head, 9)).isEqualTo(1);
    assertThat(lots.pointsOf(head, 10)).isEqualTo(1000);
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
    final int count = 20;
    cohortsOfOnePeriod(count);
    for (int cohort = 1; cohort <= count; cohort++) {
      cohorts.at(cohort).pay(cohort * FixedPoint.ONE / 333, 1);
      cohorts.at(cohort).pay(cohort * FixedPoint.ONE / 77, 2);
    }
    int head = chain(count);
    requireExactGrowth(head, count, 2);
    assertThat(quickGrowth(head, 2)).isEqualTo(lots.exactGrowth(head, cohorts, 1, 2));
    head = lots.add(head, 7, FixedPoint.MANY_POINTS - 1 - 700, cohorts);
    assertThat(quickGrowth(head, 2)).isEqualTo(lots.exactGrowth(head, cohorts, 1, 2));
    head = lots.add(head, 7, 1, cohorts);
    assertThat(quickGrowth(head, 2)).isNegative();
    requireExactGrowth(head, count, 2);
    lots.takeBack(head, 7, FixedPoint.MANY_POINTS);
    assertThat(quickGrowth(head, 2)).isEqualTo(lots.exactGrowth(head, cohorts, 1, 2));
    head = lots.add(head, 7, Limits.MAX_AMOUNT, cohorts);
    assertThat(quickGrowth(head, 2)).isNegative();
    requireExactGrowth(head, count, 2);
  }

  @Test
  void shouldNotAccrueQuicklyByARatioOfEight() {
    cohorts.add(1, 1, 1);
    cohorts.at(1).pay(1, 1);
    cohorts.at(1).pay(8 * FixedPoint.ONE - 1, 2);
    cohorts.at(1).pay(8 * FixedPoint.ONE, 3);
    final int head = chain(1);
    assertThat(quickGrowth(head, 2)).isEqualTo(799);
    assertThat(quickGrowth(head, 3)).isNegative();
    requireExactGrowth(head, 1, 3);
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
    final int count = cohorts(24);
    int head = chain(count);
    final long held = memory.allocatedBytes();
    for (int cohort = 9; cohort <= 16; cohort++) {
      cohorts.exit(cohort, 1);
    }
    head = lots.dropExited(head, cohorts);

    assertThat(lines(head)).isEqualTo(2);
    assertThat(lots.pointsOf(head, 8)).isEqualTo(800);
    assertThat(lots.pointsOf(head, 17)).isEqualTo(1700);
    assertThat(lines(chain(8))).isEqualTo(1);
    assertThat(memory.allocatedBytes()).isEqualTo(held);
  }

  @Test
  void shouldDropTheHeadAndEverythingWhenAllHaveExited() {
    final int count = cohorts(10);
    final int head = chain(count);
    cohorts.exit(10, 1);
    cohorts.exit(9, 1);
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
    for (int period = 1; period <= 17; period++) {
      cohorts.add(1, 1, period);
      head = lots.add(head, 1 + period, 10, cohorts);
    }
    assertThat(lines(head)).isEqualTo(3);

    assertThat(lots.add(head, 1, 7, cohorts)).isEqualTo(head);
    assertThat(lots.pointsOf(head, 1)).isEqualTo(107);
  }

  @Test
  void shouldFillTheGapOfAnExitedLotInTheNewestLineOnly() {
    cohorts(10);
    int head = chain(9);
    cohorts.exit(9, 1);
    cohorts.exit(2, 1);
    head = lots.dropExited(head, cohorts);
    assertThat(lines(head)).isEqualTo(1);
    head = lots.add(head, 10, 70, cohorts);

    assertThat(lines(head)).isEqualTo(1);
    assertThat(lots.pointsOf(head, 10)).isEqualTo(70);
    assertThat(lots.pointsOf(head, 3)).isEqualTo(300);
  }

  @Test
  void shouldMoveALotThatBecomesTooLargeToAWideLineBeforeItsOwn() {
    cohortsOfOnePeriod(16);
    final int head = chain(16);
    assertThat(lots.add(head, 2, LotLine.MOST_POINTS - 200, cohorts)).isEqualTo(head);
    assertThat(lines(head)).isEqualTo(2);
    assertThat(lots.add(head, 2, 1, cohorts)).isEqualTo(head);
    assertThat(lines(head)).isEqualTo(3);
    assertThat(lots.pointsOf(head, 2)).isEqualTo(LotLine.MOST_POINTS + 1);

    final int wide = lots.add(head, 12, Limits.MAX_AMOUNT, cohorts);
    assertThat(LotLine.next(lots.read(wide))).isEqualTo(head);
    assertThat(lots.add(wide, 12, 5, cohorts)).isEqualTo(wide);
    assertThat(lots.pointsOf(wide, 12)).isEqualTo(Limits.MAX_AMOUNT + 1205);
    lots.takeBack(wide, 12, Limits.MAX_AMOUNT);
    assertThat(lots.pointsOf(wide, 12)).isEqualTo(1205);
    for (int cohort = 1; cohort <= 16; cohort++) {
      assertThat(lots.pointsOf(wide, cohort)).isPositive();
    }
    assertThat(lots.heldPoints(wide, cohorts)).isEqualTo(13_405 + LotLine.MOST_POINTS + 1);
  }

  @Test
  void shouldEnterALargeLotInAWideLineOfFour() {
    cohortsOfOnePeriod(6);
    int head = lots.add(0, 1, 1, cohorts);
    for (int cohort = 2; cohort <= 6; cohort++) {
      head = lots.add(head, cohort, LotLine.MOST_POINTS + cohort, cohorts);
      assertThat(lines(head)).isEqualTo(cohort < 6 ? 2 : 3);
    }
    for (int cohort = 2; cohort <= 6; cohort++) {
      assertThat(lots.pointsOf(head, cohort)).isEqualTo(LotLine.MOST_POINTS + cohort);
    }
  }

  /** A line reaches 2^15 cohorts down and as many up. */
  @Test
  void shouldKeepLotsOfCohortsFarApartInLinesOfTheirOwn() {
    cohortsOfOnePeriod(120_000);
    int head = lots.add(0, 50_000, 1, cohorts);
    head = lots.add(head, 50_000 - (1 << 15) + 1, 2, cohorts);
    head = lots.add(head, 50_000 + (1 << 15) - 2, 3, cohorts);
    assertThat(lines(head)).isEqualTo(1);
    head = lots.add(head, 50_000 - (1 << 15), 4, cohorts);
    assertThat(lines(head)).isEqualTo(2);
    head = lots.add(head, 50_000 + (1 << 15) - 1, 5, cohorts);
    assertThat(lines(head)).isEqualTo(3);
    head = lots.add(head, 100_000, 6, cohorts);
    assertThat(lines(head)).isEqualTo(3);

    assertThat(lots.pointsOf(head, 50_000)).isEqualTo(1);
    assertThat(lots.pointsOf(head, 50_000 - (1 << 15) + 1)).isEqualTo(2);
    assertThat(lots.pointsOf(head, 50_000 + (1 << 15) - 2)).isEqualTo(3);
    assertThat(lots.pointsOf(head, 50_000 - (1 << 15))).isEqualTo(4);
    assertThat(lots.pointsOf(head, 50_000 + (1 << 15) - 1)).isEqualTo(5);
    assertThat(lots.pointsOf(head, 100_000)).isEqualTo(6);
  }

  /** Pools whose periods go on, points of all sizes, refunds and exits, against a map. */
  @Test
  void shouldHoldWhatAMapHoldsWhateverCohortsPointsAndExits() {
    final SplittableRandom random = new SplittableRandom(1);
    final int[] running = new int[3];
    final Map<Integer, Long> expected = new HashMap<>();
    int head = 0;
    for (int step = 0; step < 30_000; step++) {
      final int pool = random.nextInt(running.length);
      if (running[pool] == 0 || random.nextInt(8) == 0) {
        running[pool] = cohorts.add(pool, 1, step);
      }
      final int cohort = running[pool];
      if (random.nextInt(4) == 0 && expected.getOrDefault(cohort, 0L) > 0) {
        final long points = random.nextLong(expected.get(cohort)) + 1;
        lots.takeBack(head, cohort, points);
        expected.merge(cohort, -points, Long::sum);
      } else {
        final long points = random.nextLong(1L << random.nextInt(1, 40));
        head = lots.add(head, cohort, points, cohorts);
        expected.merge(cohort, points, Long::sum);
      }
      if (random.nextInt(20) == 0 && cohorts.count() > 30) {
        for (int i = 0; i < 3; i++) {
          exit(1 + random.nextInt(cohorts.count() - 10), running);
        }
        head = lots.dropExited(head, cohorts);
        expected.keySet().removeIf(number -> cohorts.at(number).hasExited());
      }
      if (step % 50 == 0) {
        requireLots(head, expected);
      }
    }
    assertThat(cohorts.count()).isGreaterThan(1000);
  }

  /** Lets a cohort exit whose period is over. */
  private void exit(int cohort, int[] running) {
    if (Arrays.stream(running).noneMatch(number -> number == cohort)) {
      cohorts.exit(cohort, 1);
    }
  }

  private void requireLots(int head, Map<Integer, Long> expected) {
    long sum = 0;
    for (final Map.Entry<Integer, Long> lot : expected.entrySet()) {
      if (lots.pointsOf(head, lot.getKey()) != lot.getValue()) {
        assertThat(lots.pointsOf(head, lot.getKey())).isEqualTo(lot.getValue());
      }
      sum += lot.getValue();
    }
    if (lots.heldPoints(head, cohorts) != sum) {
      assertThat(lots.heldPoints(head, cohorts)).isEqualTo(sum);
    }
  }
}
