package dev.verdant.ledger;

import dev.verdant.protocol.codec.ConfigureDecoder;
import dev.verdant.protocol.codec.ProgramListsDecoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.Status;

/** Configuring (rulebook section 2): rare, so it may allocate. */
final class ProgramRules {
  private static final int NOT_GIVEN = Integer.MIN_VALUE;

  private final LedgerState state;

  ProgramRules(LedgerState state) {
    this.state = state;
  }

  Status apply(ConfigureDecoder configure) {
    final Program program = changed(configure);
    if (!program.isValid() || !program.mayFollow(state.program, state.accounts.count() > 0)) {
      return Status.INVALID_PROGRAM;
    }
    state.install(program);
    return Status.OK;
  }

  /** The program in force with the given fields changed. */
  private Program changed(ConfigureDecoder c) {
    final Program p = state.program.copy();
    p.businessOffsetMinutes = given(c.businessOffsetMinutes(), p.businessOffsetMinutes);
    p.minConcessionBps = given(c.minConcessionBps(), p.minConcessionBps);
    p.maxConcessionBps = given(c.maxConcessionBps(), p.maxConcessionBps);
    p.buyerPointsBps = given(c.buyerPointsBps(), p.buyerPointsBps);
    p.merchantPointsBps = given(c.merchantPointsBps(), p.merchantPointsBps);
    p.incentiveShareBps = given(c.incentiveShareBps(), p.incentiveShareBps);
    p.merchantPayableBps = given(c.merchantPayableBps(), p.merchantPayableBps);
    p.marketerBps = given(c.marketerBps(), p.marketerBps);
    p.districtBps = given(c.districtBps(), p.districtBps);
    p.provincialBps = given(c.provincialBps(), p.provincialBps);
    p.referralBps = given(c.referralBps(), p.referralBps);
    p.coinBps = given(c.coinBps(), p.coinBps);
    p.maxCouponBps = given(c.maxCouponBps(), p.maxCouponBps);
    p.dailyValveBps = given(c.dailyValveBps(), p.dailyValveBps);
    p.monthlyValveBps = given(c.monthlyValveBps(), p.monthlyValveBps);
    p.orderWindowDays = given(c.orderWindowDays(), p.orderWindowDays);
    if (c.referralPolicy() != ReferralPolicy.NULL_VAL) {
      p.referralPolicy = c.referralPolicy();
    }
    final ProgramListsDecoder lists = c.lists();
    final boolean hasChannels = lists.channels();
    final boolean hasPools = lists.pools();
    final boolean hasPlans = lists.plans();
    final Program.Channel[] channels = channels(c.channels());
    final Program.PoolTerms[] pools = pools(c.pools());
    final Program.Plan[] plans = plans(c.plans());
    if (hasChannels) {
      p.channels = channels;
    }
    if (hasPools) {
      p.pools = pools;
    }
    if (hasPlans) {
      p.plans = plans;
    }
    return p;
  }

  private static Program.Channel[] channels(ConfigureDecoder.ChannelsDecoder group) {
    final Program.Channel[] channels = new Program.Channel[group.count()];
    for (int i = 0; i < channels.length; i++) {
      group.next();
      final long limit = group.merchantDailyLimit();
      channels[i] = new Program.Channel(group.channel(), limit == Long.MIN_VALUE ? 0 : limit);
    }
    return channels;
  }

  /** A missing initial value stays the null value, which is out of bounds. */
  private static Program.PoolTerms[] pools(ConfigureDecoder.PoolsDecoder group) {
    final Program.PoolTerms[] pools = new Program.PoolTerms[group.count()];
    for (int i = 0; i < pools.length; i++) {
      group.next();
      pools[i] =
          new Program.PoolTerms(
              group.pool(),
              group.initialValue(),
              given(group.stepBps(), Program.PoolTerms.STEP_BPS),
              given(group.minIntervalDays(), Program.PoolTerms.MIN_INTERVAL),
              given(group.maxIntervalDays(), Program.PoolTerms.MAX_INTERVAL));
    }
    return pools;
  }

  private static Program.Plan[] plans(ConfigureDecoder.PlansDecoder group) {
    final Program.Plan[] plans = new Program.Plan[group.count()];
    for (int i = 0; i < plans.length; i++) {
      group.next();
      plans[i] =
          new Program.Plan(
              group.plan(),
              given(group.baseRateBps(), Program.Plan.BASE_RATE_BPS),
              given(group.capBps(), Program.Plan.CAP_BPS),
              given(group.maxPeriods(), Program.Plan.MAX_PERIODS),
              given(group.fixedPeriods(), Program.Plan.FIXED_PERIODS),
              given(group.fixedRateBps(), Program.Plan.FIXED_RATE_BPS));
    }
    return plans;
  }

  private static int given(int value, int otherwise) {
    return value == NOT_GIVEN ? otherwise : value;
  }
}
