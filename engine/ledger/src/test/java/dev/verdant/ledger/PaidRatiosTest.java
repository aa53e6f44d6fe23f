package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The memo against what it remembers: the history of each cohort. */
class PaidRatiosTest {
  private static final int RUNS = 3 * PaidRatios.RUNS;

  private final SplittableRandom random = new SplittableRandom(20250120);
  private final Cohorts cohorts = new Cohorts();
  private int lastRun;

  private void run() {
    lastRun++;
    for (int cohort = 1; cohort <= cohorts.count(); cohort++) {
      if (random.nextInt(3) != 0) {
        final long paid = cohorts.at(cohort).paid() + 1 + random.nextInt(1000);
        cohorts.at(cohort).pay(paid, lastRun);
      }
    }
  }

  private void addSome(int period) {
    for (int more = random.nextInt(3); more > 0; more--) {
      cohorts.add(1, 1, period);
    }
  }

  private void requireRatiosAfter(int run) {
    final long[] after = cohorts.paidAfter(run, lastRun);
    if (lastRun - run >= PaidRatios.RUNS) {
      assertThat(after).isNull();
    } else {
      requireSame(after, cohorts, run);
    }
  }

  private static void requireSame(long[] after, Cohorts cohorts, int run) {
    for (int cohort = 1; cohort <= cohorts.count(); cohort++) {
      assertThat(after[cohort])
          .as("cohort %d of %d after run %d", cohort, cohorts.count(), run)
          .isEqualTo(FixedPoint.binaryRatio(cohorts.at(cohort).paidAt(run)));
    }
  }

  /** The cohorts as a snapshot has them. */
  private record Copy(Cohorts cohorts, int lastRun) {
    /** Asks for a run: the same as the histories tell, or nothing. */
    void requireSome(SplittableRandom random) {
      final int run = random.nextInt(lastRun + 1);
      final long[] after = cohorts.paidAfter(run, lastRun);
      if (after != null) {
        requireSame(after, cohorts, run);
      }
    }
  }

  @Test
  void shouldTellWhatTheHistoriesTellWhenRunsAndCohortsCome() {
    for (int i = 0; i < RUNS; i++) {
      requireRatiosAfter(random.nextInt(lastRun + 1));
      addSome(i);
      for (int run = 0; run <= lastRun; run++) {
        requireRatiosAfter(run);
      }
      run();
    }
    assertThat(cohorts.count()).isGreaterThan(PaidRatios.RUNS);
  }

  @Test
  void shouldTellTheSameWhenCopiesAskForWhatTheLedgerAsksForToo() {
    final List<Copy> copies = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      addSome(i);
      copies.add(new Copy(cohorts.copy(), lastRun));
      run();
      for (int asked = 0; asked < 2 * PaidRatios.RUNS; asked++) {
        requireRatiosAfter(random.nextInt(lastRun + 1));
        copies.get(random.nextInt(copies.size())).requireSome(random);
      }
    }
  }

  @Test
  void shouldTakeNothingFromTheLedgerWhenAnOldCopyAsks() {
    addSome(0);
    cohorts.add(1, 1, 0);
    run();
    final Copy copy = new Copy(cohorts.copy(), lastRun);
    requireSame(copy.cohorts.paidAfter(1, copy.lastRun), copy.cohorts, 1);
    for (int i = 0; i < PaidRatios.RUNS; i++) {
      run();
    }
    final long[] ledgers = cohorts.paidAfter(1 + PaidRatios.RUNS, lastRun);
    requireSame(ledgers, cohorts, 1 + PaidRatios.RUNS);
    assertThat(copy.cohorts.paidAfter(1, copy.lastRun)).isNull();
    assertThat(cohorts.paidAfter(1 + PaidRatios.RUNS, lastRun)).isSameAs(ledgers);
  }

  @Test
  void shouldTellTheSameWhenThreadsOfCopiesAskAtOnce() throws Exception {
    final int readers = 3;
    final BlockingQueue<Copy> copies = new LinkedBlockingQueue<>();
    final ExecutorService threads = Executors.newFixedThreadPool(readers);
    final List<Future<?>> ends = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      final SplittableRandom own = random.split();
      ends.add(
          threads.submit(
              () -> {
                for (int i = 0; i < RUNS; i++) {
                  final Copy copy = copies.take();
                  for (int asked = 0; asked < 4 * PaidRatios.RUNS; asked++) {
                    copy.requireSome(own);
                  }
                }
                return null;
              }));
    }
    for (int i = 0; i < RUNS; i++) {
      addSome(i);
      for (int reader = 0; reader < readers; reader++) {
        copies.put(new Copy(cohorts.copy(), lastRun));
      }
      run();
      requireRatiosAfter(random.nextInt(lastRun + 1));
    }
    threads.shutdown();
    for (final Future<?> end : ends) {
      end.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldKeepNothingWhenThereAreTooManyCohorts() {
    for (int cohort = 1; cohort <= PaidRatios.MOST_COHORTS; cohort++) {
      cohorts.add(1, 1, 0);
    }
    run();
    requireRatiosAfter(0);
    requireRatiosAfter(1);
    cohorts.add(1, 1, 0);
    assertThat(cohorts.paidAfter(1, lastRun)).isNull();
  }
}
