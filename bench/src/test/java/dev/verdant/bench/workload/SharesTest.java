package dev.verdant.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The fit of the generated trade to the purchase cards that it stands for. */
class SharesTest {
  private static final int DRAWS = 400_000;
  private static final int MEMBERS = 100_000;
  private static final double TOLERANCE = 0.03;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Shares shares = new Shares(Profile.skewed(MEMBERS));

  @Test
  void shouldGiveTheFirstMerchantsTheirSharesOfTheOrders() {
    int merchants = Profile.skewed(MEMBERS).merchants();
    int[] counts = new int[merchants];
    for (int i = 0; i < DRAWS; i++) {
      counts[shares.merchantRank(random)]++;
    }
    assertThat(share(counts, 1)).isCloseTo(0.083, within(0.005));
    assertThat(share(counts, 10)).isCloseTo(0.255, within(0.01));
    assertThat(share(counts, 100)).isCloseTo(0.523, within(0.01));
    assertThat(share(counts, 1000)).isCloseTo(0.803, within(0.01));
    assertThat(share(counts, merchants)).isEqualTo(1);
  }

  @Test
  void shouldGiveBusyMembersTheirSharesOfTheOrders() {
    int[] counts = new int[MEMBERS];
    for (int i = 0; i < DRAWS; i++) {
      counts[shares.memberRank(random)]++;
    }
    assertThat(share(counts, MEMBERS / 100)).isCloseTo(0.112, within(TOLERANCE));
    assertThat(share(counts, MEMBERS / 10)).isCloseTo(0.455, within(TOLERANCE));
    assertThat(share(counts, MEMBERS / 5)).isCloseTo(0.656, within(TOLERANCE));
    assertThat(share(counts, MEMBERS / 2)).isCloseTo(0.922, within(0.05));
  }

  @Test
  void shouldSpreadAmountsOverFiveDecades() {
    int[] amounts = new int[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      amounts[i] = shares.amountFen(random);
    }
    Arrays.sort(amounts);
    assertThat((double) amounts[DRAWS / 2]).isCloseTo(4_299, within(300.0));
    assertThat((double) amounts[DRAWS / 10]).isCloseTo(590, within(60.0));
    assertThat((double) amounts[DRAWS / 10 * 9]).isCloseTo(29_400, within(2_000.0));
    assertThat(amounts[0]).isPositive();
    assertThat(Math.log10(amounts[DRAWS - 1]) - Math.log10(amounts[0])).isGreaterThan(5);
  }

  @Test
  void shouldDrawUniformlyWhereTheProfileIsUniform() {
    Shares uniform = new Shares(Profile.uniform(10));
    int[] counts = new int[10];
    for (int i = 0; i < DRAWS; i++) {
      counts[uniform.memberRank(random)]++;
    }
    for (int count : counts) {
      assertThat(count / (double) DRAWS).isCloseTo(0.1, within(0.01));
    }
  }

  private static double share(int[] counts, int first) {
    return Arrays.stream(counts, 0, first).sum() / (double) DRAWS;
  }
}
