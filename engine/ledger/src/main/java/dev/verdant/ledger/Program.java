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
      int coinBps) {
    static final OrderTerms NONE = new OrderTerms(0, 0, 0, 0, 0, 0, 0, 0, 0);

    OrderTerms exchange(StateWords words) {
      return new OrderTerms(
          words.word(buyerPointsBps),
          words.word(merchantPointsBps),
          words.word(incentiveShareBps),
          words.word(merchantPayableBps),
          words.word(marketerBps),
          words.word(districtBps),
          words.word(provincialBps),
          words.word(referralBps),
          words.word(coinBps));
    }
  }

  /**
   * A payment channel; the limit is a merchant's most cash in a business day in fen, 0 for none.
   */
  record Channel(int id, long merchantDailyLimit) {
    static final Channel NONE = new Channel(0, 0);

    Channel exchange(StateWords words) {
      return new Channel(words.word(id), words.word(merchantDailyLimit));
    }

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
    static final PoolTerms NONE = new PoolTerms(0, 0, 0, 0, 0);

    PoolTerms exchange(StateWords words) {
      return new PoolTerms(
          words.word(id),
          words.word(initialValue),
          words.word(stepBps),
          words.word(minIntervalDays),
          words.word(maxIntervalDays));
    }

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
    static final Plan NONE = new Plan(0, 0, 0, 0, 0, 0);

    Plan exchange(StateWords words) {
      return new Plan(
          words.word(id),
          words.word(baseRateBps),
          words.word(capBps),
          words.word(maxPeriods),
          words.word(fixedPeriods),
          words.word(fixedRateBps));
    }

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

  /** Tells or takes all of it. */
  void exchange(StateWords words) {
    businessOffsetMinutes = words.word(businessOffsetMinutes);
    minConcessionBps = words.word(minConcessionBps);
    maxConcessionBps = words.word(maxConcessionBps);
    final OrderTerms terms = orderTerms().exchange(words);
    buyerPointsBps = terms.buyerPointsBps;
    merchantPointsBps = terms.merchantPointsBps;
    incentiveShareBps = terms.incentiveShareBps;
    merchantPayableBps = terms.merchantPayableBps;
    marketerBps = terms.marketerBps;
    districtBps = terms.districtBps;
    provincialBps = terms.provincialBps;
    referralBps = terms.referralBps;
    coinBps = terms.coinBps;
    referralPolicy = ReferralPolicy.get((short) words.word(referralPolicy.value()));
    maxCouponBps = words.word(maxCouponBps);
    dailyValveBps = words.word(dailyValveBps);
    monthlyValveBps = words.word(monthlyValveBps);
    orderWindowDays = words.word(orderWindowDays);
    channels = Arrays.copyOf(channels, words.word(channels.length));
    for (int i = 0; i < channels.length; i++) {
      channels[i] = (channels[i] == null ? Channel.NONE : channels[i]).exchange(words);
    }
    pools = Arrays.copyOf(pools, words.word(pools.length));
    for (int i = 0; i < pools.length; i++) {
      pools[i] = (pools[i] == null ? PoolTerms.NONE : pools[i]).exchange(words);
    }
    plans = Arrays.copyOf(plans, words.word(plans.length));
    for (int i = 0; i < plans.length; i++) {
      plans[i] = (plans[i] == null ? Plan.NONE : plans[i]).exchange(words);
    }
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
