package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a cohort had been paid after any run, against a look at each payment. */
class CohortsTest {
  private static final int MOST_PAYMENTS = 20;

  /** More cohorts than there is room for at first. */
  private static final int MANY = 150;

  private record Payment(int run, long paid) {}

  private final SplittableRandom random = new SplittableRandom(20250120);
  private final Cohorts cohorts = new Cohorts();

  /** Pays a cohort so many times, with one to four runs from one payment to the next. */
  private List<Payment> pay(int cohort, int count) {
    final List<Payment> payments = new ArrayList<>();
    int run = 1;
    long paid = 0;
    for (int i = 0; i < count; i++) {
      run += 1 + random.nextInt(4);
      paid += 1 + random.nextLong(FixedPoint.ONE);
      cohorts.at(cohort).pay(paid, run);
      payments.add(new Payment(run, paid));
    }
    return payments;
  }

  private static long paidAt(List<Payment> payments, int run) {
    long paid = 0;
    for (final Payment payment : payments) {
      if (payment.run() <= run) {
        paid = payment.paid();
      }
    }
    return paid;
  }

  /** Compares before the first payment, at each, between, and behind the last. */
  private static void requireAllRuns(Cohorts cohorts, int cohort, List<Payment> payments) {
    final int last = payments.isEmpty() ? 0 : payments.get(payments.size() - 1).run();
    for (int run = 0; run <= last + 3; run++) {
      assertThat(cohorts.at(cohort).paidAt(run))
          .as("%d payments, run %d of %d", payments.size(), run, last)
          .isEqualTo(paidAt(payments, run));
    }
    assertThat(cohorts.at(cohort).paidAt(Integer.MAX_VALUE)).isEqualTo(cohorts.at(cohort).paid());
  }

  @Test
  void shouldTellThePaidRatioAfterAnyRunWhateverTheNumberOfPayments() {
    for (int count = 0; count <= MOST_PAYMENTS; count++) {
      for (int round = 0; round < 10; round++) {
        final int cohort = cohorts.add(1, 1, 0);
        final List<Payment> payments = pay(cohort, count);
        requireAllRuns(cohorts, cohort, payments);
        assertThat(cohorts.at(cohort).paid()).isEqualTo(paidAt(payments, Integer.MAX_VALUE));
      }
    }
  }

  @Test
  void shouldKeepEachCohortsPaymentsApartWhenThereIsNoRoomForMoreCohorts() {
    final List<List<Payment>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(pay(cohorts.add(1, 1, i), i % MOST_PAYMENTS));
    }
    assertThat(cohorts.count()).isEqualTo(MANY);
    for (int cohort = 1; cohort <= MANY; cohort++) {
      requireAllRuns(cohorts, cohort, all.get(cohort - 1));
      assertThat(cohorts.at(cohort).entry).isEqualTo(cohort - 1);
    }
  }

  @Test
  void shouldTellACopyNothingOfLaterPayments() {
    for (int count = 0; count <= MOST_PAYMENTS; count++) {
      final int cohort = cohorts.add(1, 1, 0);
      final List<Payment> before = pay(cohort, count);
      final Cohorts copy = cohorts.copy();
      final int last = before.isEmpty() ? 0 : before.get(count - 1).run();
      cohorts.at(cohort).pay(Long.MAX_VALUE, last + 1);

      requireAllRuns(copy, cohort, before);
      assertThat(cohorts.at(cohort).paidAt(last + 1)).isEqualTo(Long.MAX_VALUE);
    }
  }
}
