package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.DUPLICATE;
import static dev.verdant.ledger.model.ModelStatus.INVALID_PROGRAM;
import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.PLAN_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.PoolView;
import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rulebook section 2. */
class ProgramRulesTest extends LedgerHarness {
  private static final PlanTerms PLAN = new PlanTerms(1, null, null, null, null, null);
  private static final PoolTerms POOL_1 = new PoolTerms(1, 1000L, null, null, null);
  private static final PoolTerms POOL_2 = new PoolTerms(2, 1000L, null, null, null);

  /** The least and the most that a field may be while the others have their defaults. */
  @ParameterizedTest
  @CsvSource({
    "business_offset_minutes, -720, 840",
    "min_concession_bps, 1, 2000",
    "max_concession_bps, 300, 10000",
    "buyer_points_bps, 0, 1000000",
    "merchant_points_bps, 0, 1000000",
    "incentive_share_bps, 2250, 10000",
    "merchant_payable_bps, 0, 10000",
    "marketer_bps, 0, 6350",
    "district_bps, 0, 7250",
    "provincial_bps, 0, 5900",
    "referral_bps, 0, 10000",
    "coin_bps, 0, 1000000",
    "max_coupon_bps, 0, 10000",
    "daily_valve_bps, 0, 1000000",
    "monthly_valve_bps, 0, 1000000",
    "order_window_days, 1, 3650"
  })
  void shouldTakeAFieldOnlyWithinItsBounds(String field, int least, int most) {
    assertThat(configure(Map.of(field, least - 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(configure(Map.of(field, most + 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(configure(Map.of(field, least))).isEqualTo(OK);
    assertThat(configure(Map.of(field, most))).isEqualTo(OK);
  }

  @Test
  void shouldKeepTheOffsetWhenThereIsAnAccount() {
    consumer(1);
    assertThat(configure(Map.of("business_offset_minutes", 0))).isEqualTo(INVALID_PROGRAM);
    assertThat(configure(Map.of("business_offset_minutes", 480))).isEqualTo(OK);
  }

  @Test
  void shouldRememberWhatComesAfterANewOffsetHasTakenTheDayBack() {
    at("2025-01-09T18:30");
    configure(Map.of("business_offset_minutes", 840, "order_window_days", 1));
    assertThat(settleChannel(1, 1, 500)).isEqualTo(OK);
    // From the 10th to the 8th, which the window of the 10th had left behind.
    configure(Map.of("business_offset_minutes", -720));
    assertThat(settleChannel(1, 1, 500)).isEqualTo(DUPLICATE);
    assertThat(settleChannel(2, 1, 500)).isEqualTo(OK);
    assertThat(settleChannel(2, 1, 500)).isEqualTo(DUPLICATE);
    // The 10th of that offset begins here.
    at("2025-01-10T19:59");
    assertThat(settleChannel(2, 1, 500)).isEqualTo(DUPLICATE);
    at("2025-01-10T20:00");
    assertThat(settleChannel(2, 1, 500)).isEqualTo(OK);
    assertThat(settleChannel(1, 1, 500)).isEqualTo(DUPLICATE);
  }

  @Test
  void shouldForgetForGoodWhatTheDaysBeforeANewOffsetHadForgotten() {
    at("2025-01-08T18:30");
    configure(Map.of("business_offset_minutes", 840, "order_window_days", 1));
    for (int id = 1; id <= 10; id++) {
      assertThat(settleChannel(id, 1, 500)).isEqualTo(OK);
    }
    // The 9th to the 11th, then back to the 9th.
    at("2025-01-10T18:30");
    configure(Map.of("business_offset_minutes", -720));
    for (int id = 1; id <= 10; id++) {
      assertThat(settleChannel(id, 1, 500)).isEqualTo(OK);
      assertThat(settleChannel(id, 1, 500)).isEqualTo(DUPLICATE);
    }
  }

  @Test
  void shouldRefuseAnEntryWithoutItsId() {
    assertThat(pools(POOL_1, POOL_2, new PoolTerms(0, 1L, null, null, null)))
        .isEqualTo(INVALID_PROGRAM);
  }

  @Test
  void shouldChangeNothingWhenOneFieldOfManyIsOutOfBounds() {
    assertThat(configure(Map.of("max_concession_bps", 9000, "coin_bps", -1)))
        .isEqualTo(INVALID_PROGRAM);
    merchant(9, 9000);
    assertThat(ledger().accounts()).isEmpty();
  }

  @Test
  void shouldRefuseAListThatLosesAnEntryOrRepeatsOne() {
    assertThat(pools(POOL_1)).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, POOL_2)).isEqualTo(INVALID_PROGRAM);
    assertThat(plans()).isEqualTo(INVALID_PROGRAM);
    assertThat(channels(new Channel(2, null))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2)).isEqualTo(OK);
  }

  @Test
  void shouldRefuseAPoolThatIsOutOfBounds() {
    assertThat(pools(POOL_1, POOL_2, pool(0, 1L, 1, 1, 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, pool(65_536, 1L, 1, 1, 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, pool(3, null, 1, 1, 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, pool(3, 0L, 1, 1, 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, pool(3, 1L, 0, 1, 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, pool(3, 1L, 1, 0, 1))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, pool(3, 1L, 1, 5, 4))).isEqualTo(INVALID_PROGRAM);
    assertThat(pools(POOL_1, POOL_2, pool(3, 1L, 1, 5, 0))).isEqualTo(OK);
  }

  private static PoolTerms pool(int id, Long initialValue, int step, int least, int most) {
    return new PoolTerms(id, initialValue, step, least, most);
  }

  @Test
  void shouldRefuseAPlanThatIsOutOfBoundsOrChanges() {
    assertThat(plans(new PlanTerms(1, 51, null, null, null, null))).isEqualTo(INVALID_PROGRAM);
    assertThat(plans(PLAN, new PlanTerms(2, 0, null, null, null, null))).isEqualTo(INVALID_PROGRAM);
    assertThat(plans(PLAN, new PlanTerms(2, null, 0, null, null, null))).isEqualTo(INVALID_PROGRAM);
    assertThat(plans(PLAN, new PlanTerms(2, null, null, 0, null, null))).isEqualTo(INVALID_PROGRAM);
    assertThat(plans(PLAN, new PlanTerms(2, null, null, null, 3, 0))).isEqualTo(INVALID_PROGRAM);
    assertThat(plans(PLAN, new PlanTerms(2, null, null, null, 3, 1))).isEqualTo(OK);
  }

  @Test
  void shouldRefuseAListInWhichAnIdComesAgainAfterOthers() {
    final Channel first = new Channel(1, 0L);
    final Channel second = new Channel(2, 0L);
    assertThat(channels(first, second, first)).isEqualTo(INVALID_PROGRAM);
    assertThat(channels(second, first)).isEqualTo(OK);
  }

  @Test
  void shouldTakeAListOnlyAsLongAsAReplyHoldsIt() {
    assertThat(channels(manyChannels(2501))).isEqualTo(INVALID_PROGRAM);
    assertThat(channels(manyChannels(2500))).isEqualTo(OK);
  }

  private static Channel[] manyChannels(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(id -> new Channel(id, 0L))
        .toArray(Channel[]::new);
  }

  @Test
  void shouldListPoolsByTheirIdsWhateverOrderTheyWereAddedIn() {
    pools(
        new PoolTerms(7, 1000L, null, null, null),
        POOL_2,
        new PoolTerms(5, 1000L, null, null, null),
        POOL_1);
    assertThat(ledger().pools()).extracting(PoolView::pool).containsExactly(1, 2, 5, 7);
  }

  @Test
  void shouldKnowAPlanOnlyOnceItHasBeenAdded() {
    assertThat(open(1, Kind.CONSUMER, poolAndPlan(null, 2))).isEqualTo(PLAN_NOT_FOUND);
    plans(PLAN, new PlanTerms(2, null, null, null, null, null));
    assertThat(open(1, Kind.CONSUMER, poolAndPlan(null, 2))).isEqualTo(OK);
  }
}
