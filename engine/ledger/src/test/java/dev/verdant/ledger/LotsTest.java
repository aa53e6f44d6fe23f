package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.CutReader;
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
  private final Accounts accounts = new Accounts(memory);
  private final Lots lots = new Lots(memory);
  private final Cohorts cohorts = new Cohorts();

  /** Of random changes: which cohort each pool is in, and the points of each lot. */
  private final SplittableRandom random = new SplittableRandom(1);

  private final int[] running = new int[3];
  private final Map<Integer, Long> expected = new HashMap<>();

  @AfterEach
  void close() {
    memory.close();
  }

  /** The newest line of an account without lots. */
  private long none() {
    return Accounts.lots(accounts.write(accounts.add(1 + accounts.count())));
  }

  /** Lots of cohorts 1 to {@code count}, each with its number times 100 points. */
  private long chain(int count) {
    final long newest = none();
    for (int cohort = 1; cohort <= count; cohort++) {
      lots.add(newest, cohort, cohort * 100L, cohorts);
    }
    return newest;
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

  private int lines(long newest) {
    int count = 0;
    for (long line = newest; line != 0; line = lots.next(line)) {
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
    final long newest = chain(20);
    lots.add(newest, 1, 7, cohorts);
    lots.add(newest, 20, 5, cohorts);
    lots.takeBack(newest, 9, 899);

    assertThat(lines(newest)).isEqualTo(3);
    assertThat(lots.pointsOf(newest, 1)).isEqualTo(107);
    assertThat(lots.pointsOf(newest, 20)).isEqualTo(2005);
    assertThat(lots.pointsOf(newest, 9)).isEqualTo(1);
    assertThat(lots.pointsOf(newest, 10)).isEqualTo(1000);
  }

  /** What each lot has accrued by its cohort's ratio after a run, one by one. */
  private long accrued(long newest, int count, int run) {
    long accrued = 0;
    for (int cohort = 1; cohort <= count; cohort++) {
      accrued += FixedPoint.released(lots.pointsOf(newest, cohort), cohorts.at(cohort).paidAt(run));
    }
    return accrued;
  }

  private void requireExactGrowth(long newest, int count, int to) {
    final long growth = accrued(newest, count, to) - accrued(newest, count, 1);
    assertThat(growth).isPositive();
    assertThat(lots.exactGrowth(newest, cohorts, 1, to)).isEqualTo(growth);
  }

  private long quickGrowth(long newest, int to) {
    return lots.quickGrowth(newest, cohorts.paidAfter(1, to), cohorts.paidAfter(to, to));
  }

  @Test
  void shouldAccrueQuicklyJustAsExactlyOrSayThatItCannot() {
    final int count = 20;
    cohortsOfOnePeriod(count);
    for (int cohort = 1; cohort <= count; cohort++) {
      cohorts.at(cohort).pay(cohort * FixedPoint.ONE / 333, 1);
      cohorts.at(cohort).pay(cohort * FixedPoint.ONE / 77, 2);
    }
    final long newest = chain(count);
    requireExactGrowth(newest, count, 2);
    assertThat(quickGrowth(newest, 2)).isEqualTo(lots.exactGrowth(newest, cohorts, 1, 2));
    lots.add(newest, 7, FixedPoint.MANY_POINTS - 1 - 700, cohorts);
    assertThat(quickGrowth(newest, 2)).isEqualTo(lots.exactGrowth(newest, cohorts, 1, 2));
    lots.add(newest, 7, 1, cohorts);
    assertThat(quickGrowth(newest, 2)).isNegative();
    requireExactGrowth(newest, count, 2);
    lots.takeBack(newest, 7, FixedPoint.MANY_POINTS);
    assertThat(quickGrowth(newest, 2)).isEqualTo(lots.exactGrowth(newest, cohorts, 1, 2));
    lots.add(newest, 7, Limits.MAX_AMOUNT, cohorts);
    assertThat(quickGrowth(newest, 2)).isNegative();
    requireExactGrowth(newest, count, 2);
  }

  @Test
  void shouldNotAccrueQuicklyByARatioOfEight() {
    cohorts.add(1, 1, 1);
    cohorts.at(1).pay(1, 1);
    cohorts.at(1).pay(8 * FixedPoint.ONE - 1, 2);
    cohorts.at(1).pay(8 * FixedPoint.ONE, 3);
    final long newest = chain(1);
    assertThat(quickGrowth(newest, 2)).isEqualTo(799);
    assertThat(quickGrowth(newest, 3)).isNegative();
    requireExactGrowth(newest, 1, 3);
  }

  /** The place of a lot that is gone stands for the cohort that is its line's base. */
  @Test
  void shouldAccrueNothingForLotsThatAreGoneWhateverItsLinesBaseAccrues() {
    cohortsOfOnePeriod(70_000);
    final long newest = none();
    lots.add(newest, 70_000, 1_000_000, cohorts);
    cohorts.exit(70_000, 1);
    lots.dropExited(newest, cohorts);
    final long[] after = new long[70_001];
    Arrays.fill(after, FixedPoint.binaryRatio(FixedPoint.ONE));
    assertThat(LotLine.base(newest)).isPositive();
    assertThat(lots.quickGrowth(newest, new long[70_001], after)).isZero();
  }

  @Test
  void shouldHoldThePointsOfLotsThatHaveNotExited() {
    final int count = cohorts(7);
    final long newest = chain(count);
    assertThat(lots.heldPoints(newest, cohorts)).isEqualTo(2800);
    cohorts.exit(2, 1);
    cohorts.exit(7, 1);
    assertThat(lots.heldPoints(newest, cohorts)).isEqualTo(1900);
    assertThat(lots.heldPoints(none(), cohorts)).isZero();
  }

  @Test
  void shouldGiveALineBackWithItsLastLotAndUseItAgain() {
    final int count = cohorts(24);
    final long newest = chain(count);
    final long held = memory.allocatedBytes();
    for (int cohort = 9; cohort <= 16; cohort++) {
      cohorts.exit(cohort, 1);
    }
    lots.dropExited(newest, cohorts);

    assertThat(lines(newest)).isEqualTo(2);
    assertThat(lots.pointsOf(newest, 8)).isEqualTo(800);
    assertThat(lots.pointsOf(newest, 17)).isEqualTo(1700);
    assertThat(lines(chain(16))).isEqualTo(2);
    assertThat(memory.allocatedBytes()).isEqualTo(held);
  }

  @Test
  void shouldKeepTheNewestLineWhetherItHasLotsOrNot() {
    final int count = cohorts(10);
    final long newest = chain(count);
    cohorts.exit(10, 1);
    cohorts.exit(9, 1);
    lots.dropExited(newest, cohorts);
    assertThat(LotLine.isEmpty(newest)).isTrue();
    assertThat(lots.pointsOf(newest, 8)).isEqualTo(800);
    for (int cohort = 1; cohort <= 8; cohort++) {
      cohorts.exit(cohort, 1);
    }
    lots.dropExited(newest, cohorts);
    assertThat(lines(newest)).isEqualTo(1);
    assertThat(LotLine.isEmpty(newest)).isTrue();
  }

  @Test
  void shouldNotMoveANewestLineWithoutLotsBehind() {
    cohortsOfOnePeriod(100_000);
    final long newest = none();
    lots.add(newest, 1, 100, cohorts);
    cohorts.exit(1, 1);
    lots.dropExited(newest, cohorts);
    lots.add(newest, 100_000, 70, cohorts);

    assertThat(lines(newest)).isEqualTo(1);
    assertThat(lots.pointsOf(newest, 100_000)).isEqualTo(70);
    assertThat(lots.heldPoints(newest, cohorts)).isEqualTo(70);
  }

  @Test
  void shouldFindTheLotOfARunningPeriodBehindManyPeriodsOfAnotherPool() {
    cohorts.add(2, 1, 1);
    final long newest = none();
    lots.add(newest, 1, 100, cohorts);
    for (int period = 1; period <= 17; period++) {
      cohorts.add(1, 1, period);
      lots.add(newest, 1 + period, 10, cohorts);
    }
    assertThat(lines(newest)).isEqualTo(3);

    lots.add(newest, 1, 7, cohorts);
    assertThat(lines(newest)).isEqualTo(3);
    assertThat(lots.pointsOf(newest, 1)).isEqualTo(107);
  }

  @Test
  void shouldFillTheGapOfAnExitedLotInTheNewestLineOnly() {
    cohorts(10);
    final long newest = chain(9);
    cohorts.exit(9, 1);
    cohorts.exit(2, 1);
    lots.dropExited(newest, cohorts);
    lots.add(newest, 10, 70, cohorts);

    assertThat(lines(newest)).isEqualTo(2);
    assertThat(LotLine.cohort(newest, 0)).isEqualTo(10);
    assertThat(lots.pointsOf(newest, 10)).isEqualTo(70);
    assertThat(lots.pointsOf(newest, 3)).isEqualTo(300);
  }

  @Test
  void shouldMoveALotThatBecomesTooLargeToAWideLineBeforeItsOwn() {
    cohortsOfOnePeriod(16);
    final long newest = chain(16);
    lots.add(newest, 2, LotLine.MOST_POINTS - 200, cohorts);
    assertThat(lines(newest)).isEqualTo(2);
    lots.add(newest, 2, 1, cohorts);
    assertThat(lines(newest)).isEqualTo(3);
    assertThat(lots.pointsOf(newest, 2)).isEqualTo(LotLine.MOST_POINTS + 1);

    lots.add(newest, 12, Limits.MAX_AMOUNT, cohorts);
    assertThat(lines(newest)).isEqualTo(4);
    assertThat(LotLine.isWide(newest)).isTrue();
    lots.add(newest, 12, 5, cohorts);
    assertThat(lines(newest)).isEqualTo(4);
    assertThat(lots.pointsOf(newest, 12)).isEqualTo(Limits.MAX_AMOUNT + 1205);
    lots.takeBack(newest, 12, Limits.MAX_AMOUNT);
    assertThat(lots.pointsOf(newest, 12)).isEqualTo(1205);
    for (int cohort = 1; cohort <= 16; cohort++) {
      assertThat(lots.pointsOf(newest, cohort)).isPositive();
    }
    assertThat(lots.heldPoints(newest, cohorts)).isEqualTo(13_405 + LotLine.MOST_POINTS + 1);
  }

  @Test
  void shouldEnterALargeLotInAWideLineOfFour() {
    cohortsOfOnePeriod(6);
    final long newest = none();
    lots.add(newest, 1, 1, cohorts);
    for (int cohort = 2; cohort <= 6; cohort++) {
      lots.add(newest, cohort, LotLine.MOST_POINTS + cohort, cohorts);
      assertThat(lines(newest)).isEqualTo(cohort < 6 ? 2 : 3);
    }
    for (int cohort = 2; cohort <= 6; cohort++) {
      assertThat(lots.pointsOf(newest, cohort)).isEqualTo(LotLine.MOST_POINTS + cohort);
    }
  }

  /** A line reaches 2^15 cohorts down and as many up, from the first that it cannot have as new. */
  @Test
  void shouldKeepLotsOfCohortsFarApartInLinesOfTheirOwn() {
    cohortsOfOnePeriod(120_000);
    final long newest = none();
    lots.add(newest, 70_000, 1, cohorts);
    lots.add(newest, 70_000 - (1 << 15) + 1, 2, cohorts);
    lots.add(newest, 70_000 + (1 << 15) - 2, 3, cohorts);
    assertThat(lines(newest)).isEqualTo(1);
    lots.add(newest, 70_000 - (1 << 15), 4, cohorts);
    assertThat(lines(newest)).isEqualTo(2);
    lots.add(newest, 70_000 + (1 << 15) - 1, 5, cohorts);
    assertThat(lines(newest)).isEqualTo(3);
    lots.add(newest, 100_000, 6, cohorts);
    assertThat(lines(newest)).isEqualTo(3);

    assertThat(lots.pointsOf(newest, 70_000)).isEqualTo(1);
    assertThat(lots.pointsOf(newest, 70_000 - (1 << 15) + 1)).isEqualTo(2);
    assertThat(lots.pointsOf(newest, 70_000 + (1 << 15) - 2)).isEqualTo(3);
    assertThat(lots.pointsOf(newest, 70_000 - (1 << 15))).isEqualTo(4);
    assertThat(lots.pointsOf(newest, 70_000 + (1 << 15) - 1)).isEqualTo(5);
    assertThat(lots.pointsOf(newest, 100_000)).isEqualTo(6);
  }

  /** Pools whose periods go on, points of all sizes, refunds and exits, against a map. */
  @Test
  void shouldHoldWhatAMapHoldsWhateverCohortsPointsAndExits() {
    final long newest = none();
    for (int step = 0; step < 30_000; step++) {
      change(newest, step);
      if (step % 50 == 0) {
        requireLots(newest);
      }
    }
    assertThat(cohorts.count()).isGreaterThan(1000);
  }

  /** The same changes, and after a few of them a look at how it was before. */
  @Test
  void shouldHoldInACutWhatAMapHeldWhenItWasOpened() {
    none();
    for (int step = 0; step < 1_500; step++) {
      final Map<Integer, Long> then = new HashMap<>(expected);
      final Accounts.Image accountsThen = accounts.image();
      final Lots.Image lotsThen = lots.image();
      try (CutReader reader = memory.openCut(step)) {
        for (int i = 0; i < 3; i++) {
          change(Accounts.lots(accounts.write(1)), step);
        }
        final long newest = Accounts.lots(accountsThen.over(reader).read(1));
        assertThat(pointsByCohort(lotsThen.over(reader), newest)).isEqualTo(then);
      }
    }
  }

  private void change(long newest, int period) {
    final int pool = random.nextInt(running.length);
    if (running[pool] == 0 || random.nextInt(8) == 0) {
      running[pool] = cohorts.add(pool, 1, period);
    }
    final int cohort = running[pool];
    if (random.nextInt(4) == 0 && expected.getOrDefault(cohort, 0L) > 0) {
      final long points = random.nextLong(expected.get(cohort)) + 1;
      lots.takeBack(newest, cohort, points);
      expected.merge(cohort, -points, Long::sum);
    } else {
      final long points = random.nextLong(1L << random.nextInt(1, 40));
      lots.add(newest, cohort, points, cohorts);
      expected.merge(cohort, points, Long::sum);
    }
    if (random.nextInt(20) == 0 && cohorts.count() > 30) {
      for (int i = 0; i < 3; i++) {
        exit(1 + random.nextInt(cohorts.count() - 10));
      }
      lots.dropExited(newest, cohorts);
      expected.keySet().removeIf(number -> cohorts.at(number).hasExited());
    }
  }

  /** Lets a cohort exit whose period is over. */
  private void exit(int cohort) {
    if (Arrays.stream(running).noneMatch(number -> number == cohort)) {
      cohorts.exit(cohort, 1);
    }
  }

  private static Map<Integer, Long> pointsByCohort(Lots lots, long newest) {
    final Map<Integer, Long> points = new HashMap<>();
    for (long line = newest; line != 0; line = lots.next(line)) {
      for (int entry = 0; entry < LotLine.entries(line); entry++) {
        if (LotLine.cohort(line, entry) != 0) {
          points.put(LotLine.cohort(line, entry), LotLine.points(line, entry));
        }
      }
    }
    return points;
  }

  private void requireLots(long newest) {
    long sum = 0;
    for (final Map.Entry<Integer, Long> lot : expected.entrySet()) {
      if (lots.pointsOf(newest, lot.getKey()) != lot.getValue()) {
        assertThat(lots.pointsOf(newest, lot.getKey())).isEqualTo(lot.getValue());
      }
      sum += lot.getValue();
    }
    if (lots.heldPoints(newest, cohorts) != sum) {
      assertThat(lots.heldPoints(newest, cohorts)).isEqualTo(sum);
    }
  }
}
