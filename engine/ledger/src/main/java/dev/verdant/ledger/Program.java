package dev.verdant.ledger;

import dev.verdant.protocol.codec.ReferralPolicy;
import java.util.Arrays;

/**
 * The program: every rate, limit and list that the platform may configure, with the defaults of
 * rulebook section 2. A configure works on a {@link #copy} that takes the place of the old one when
 * {@link #isValid} holds.
 */
final class Program {
  static final int MAX_RATE_BPS = 1_000_000;

  /** Entries that one list may have; a page of replies must hold them. */
  static final int MAX_LIST_ENTRIES = 2_500;

  static final int MAX_ID = 65_535;

  int businessOffsetMinutes = 480;
  int minConcessionBps = 300;
  int maxConcessionBps = 2000;
  int buyerPointsBps = 10_000;
  int merchantPointsBps = 10_000;
  int incentiveShareBps = 8000;
  int merchantPayableBps = 8000;
  int marketerBps = 600;
  int districtBps = 1500;
  int provincialBps = 150;
  int referralBps = 500;
  ReferralPolicy referralPolicy = ReferralPolicy.EVERY_ORDER;
  int coinBps = 10_000;
  int maxCouponBps = 10_000;
  int dailyValveBps = 5000;
  int monthlyValveBps = 20_000;
  int orderWindowDays = 90;
  Channel[] channels = {new Channel(1, 0)};
  PoolTerms[] pools = {
    new PoolTerms(
        1, 100_000_000, PoolTerms.STEP_BPS, PoolTerms.MIN_INTERVAL, PoolTerms.MAX_INTERVAL),
    new PoolTerms(
        2, 1_000_000_000, PoolTerms.STEP_BPS, PoolTerms.MIN_INTERVAL, PoolTerms.MAX_INTERVAL),
  };
  Plan[] plans = {
    new Plan(
        1,
        Plan.BASE_RATE_BPS,
        Plan.CAP_BPS,
        Plan.MAX_PERIODS,
        Plan.FIXED_PERIODS,
        Plan.FIXED_RATE_BPS),
  };

  /** What an order took from the program and a refund needs again. */
  record OrderTerms(
      int buyerPointsBps,
      int merchantPointsBps,
      int incentiveShareBps,
      int merchantPayableBps,
      int marketerBps,
      int districtBps,
      int provincialBps,
      int referralBps,
      int coinBps) {}

  /**
   * A payment channel; the limit is a merchant's most cash in a business day in fen, 0 for none.
   */
  record Channel(int id, long merchantDailyLimit) {
    boolean isValid() {
      return merchantDailyLimit >= 0;
    }
  }

  /** A pool's parameters: value in 1/100 point, intervals in days. */
  record PoolTerms(
      int id, long initialValue, int stepBps, int minIntervalDays, int maxIntervalDays) {
    static final int STEP_BPS = 1500;
    static final int MIN_INTERVAL = 10;
    static final int MAX_INTERVAL = 30;

    boolean isValid() {
      return initialValue > 0
          && stepBps > 0
          && minIntervalDays >= 1
          && (maxIntervalDays == 0 || maxIntervalDays >= minIntervalDays);
    }
  }

  /** How the points of a cohort are released. Never changes once it is there. */
  record Plan(
      int id, int baseRateBps, int capBps, int maxPeriods, int fixedPeriods, int fixedRateBps) {
    static final int BASE_RATE_BPS = 50;
    static final int CAP_BPS = 50_000;
    static final int MAX_PERIODS = 40;
    static final int FIXED_PERIODS = 0;
    static final int FIXED_RATE_BPS = 0;

    boolean isValid() {
      return within(baseRateBps, 1, MAX_RATE_BPS)
          && within(fixedRateBps, 0, MAX_RATE_BPS)
          && within(capBps, 1, MAX_RATE_BPS)
          && maxPeriods >= 1
          && fixedPeriods >= 0
          && (fixedPeriods == 0 || fixedRateBps > 0);
    }
  }

  Program copy() {
    final Program copy = new Program();
    copy.businessOffsetMinutes = businessOffsetMinutes;
    copy.minConcessionBps = minConcessionBps;
    copy.maxConcessionBps = maxConcessionBps;
    copy.buyerPointsBps = buyerPointsBps;
    copy.merchantPointsBps = merchantPointsBps;
    copy.incentiveShareBps = incentiveShareBps;
    copy.merchantPayableBps = merchantPayableBps;
    copy.marketerBps = marketerBps;
    copy.districtBps = districtBps;
    copy.provincialBps = provincialBps;
    copy.referralBps = referralBps;
    copy.referralPolicy = referralPolicy;
    copy.coinBps = coinBps;
    copy.maxCouponBps = maxCouponBps;
    copy.dailyValveBps = dailyValveBps;
    copy.monthlyValveBps = monthlyValveBps;
    copy.orderWindowDays = orderWindowDays;
    copy.channels = channels;
    copy.pools = pools;
    copy.plans = plans;
    return copy;
  }

  OrderTerms orderTerms() {
    return new OrderTerms(
        buyerPointsBps,
        merchantPointsBps,
        incentiveShareBps,
        merchantPayableBps,
        marketerBps,
        districtBps,
        provincialBps,
        referralBps,
        coinBps);
  }

  /** The bounds of rulebook section 2, but for what depends on the program before. */
  boolean isValid() {
    return within(businessOffsetMinutes, -720, 840)
        && minConcessionBps > 0
        && minConcessionBps <= maxConcessionBps
        && maxConcessionBps <= FixedPoint.BPS
        && within(incentiveShareBps, 0, FixedPoint.BPS)
        && within(merchantPayableBps, 0, FixedPoint.BPS)
        && within(maxCouponBps, 0, FixedPoint.BPS)
        && within(referralBps, 0, FixedPoint.BPS)
        && within(buyerPointsBps, 0, MAX_RATE_BPS)
        && within(merchantPointsBps, 0, MAX_RATE_BPS)
        && within(coinBps, 0, MAX_RATE_BPS)
        && within(dailyValveBps, 0, MAX_RATE_BPS)
        && within(monthlyValveBps, 0, MAX_RATE_BPS)
        && marketerBps >= 0
        && districtBps >= 0
        && provincialBps >= 0
        && (long) marketerBps + districtBps + provincialBps <= incentiveShareBps
        && within(orderWindowDays, 1, 3650)
        && areValidIds(Arrays.stream(channels).mapToInt(Channel::id).toArray())
        && areValidIds(Arrays.stream(pools).mapToInt(PoolTerms::id).toArray())
        && areValidIds(Arrays.stream(plans).mapToInt(Plan::id).toArray())
        && Arrays.stream(channels).allMatch(Channel::isValid)
        && Arrays.stream(pools).allMatch(PoolTerms::isValid)
        && Arrays.stream(plans).allMatch(Plan::isValid);
  }

  /** Nothing is removed, no plan changes; the offset is free only while there is no account. */
  boolean mayFollow(Program before, boolean hasAccounts) {
    return (businessOffsetMinutes == before.businessOffsetMinutes || !hasAccounts)
        && Arrays.stream(before.channels).allMatch(old -> channel(old.id()) != null)
        && Arrays.stream(before.pools).allMatch(old -> pool(old.id()) != null)
        && Arrays.stream(before.plans).allMatch(old -> old.equals(plan(old.id())));
  }

  /** The channel with this id, null if there is none. */
  Channel channel(int id) {
    for (final Channel channel : channels) {
      if (channel.id() == id) {
        return channel;
      }
    }
    return null;
  }

  /** The parameters of the pool with this id, null if there is none. */
  PoolTerms pool(int id) {
    for (final PoolTerms pool : pools) {
      if (pool.id() == id) {
        return pool;
      }
    }
    return null;
  }

  /** The plan with this id, null if there is none. */
  Plan plan(int id) {
    for (final Plan plan : plans) {
      if (plan.id() == id) {
        return plan;
      }
    }
    return null;
  }

  private static boolean within(long value, long min, long max) {
    return value >= min && value <= max;
  }

  private static boolean areValidIds(int[] ids) {
    Arrays.sort(ids);
    for (int i = 0; i < ids.length; i++) {
      if (!within(ids[i], 1, MAX_ID) || (i > 0 && ids[i] == ids[i - 1])) {
        return false;
      }
    }
    return ids.length >= 1 && ids.length <= MAX_LIST_ENTRIES;
  }
}
