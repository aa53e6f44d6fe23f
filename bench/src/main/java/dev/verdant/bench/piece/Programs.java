package dev.verdant.bench.piece;

import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import org.agrona.MutableDirectBuffer;

/**
 * The programs of the benchmarks. In each a period opens every day in either pool, and releases may
 * pay a hundred times of what is bought, so that they never lack a budget.
 */
final class Programs {
  /** Plan of the accounts: what it says is the program's matter. */
  static final int PLAN = 2;

  static final int POOLS = 2;
  private static final int STEP_BPS = 1500;
  private static final int VALVE_BPS = 1_000_000;
  private static final int BASE_RATE_BPS = 50;
  private static final int CAP_BPS = 50_000;
  private static final int DEFAULT_PERIODS = 40;
  private static final int LARGEST_CAP_BPS = 1_000_000;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final ConfigureEncoder configure = new ConfigureEncoder();

  /**
   * Points come by issue only and cohorts of {@link #PLAN} never exit, so that the number of
   * cohorts stays as it was set up.
   *
   * @return length of the message.
   */
  int encodePointsByIssue(MutableDirectBuffer buffer, int offset, long time, long initialValue) {
    begin(buffer, offset, time)
        .buyerPointsBps(0)
        .merchantPointsBps(0)
        .referralPolicy(ReferralPolicy.NONE);
    pools(initialValue);
    return plans(1, LARGEST_CAP_BPS, Integer.MAX_VALUE);
  }

  /**
   * The program by default, but that a cohort of {@link #PLAN} exits after so few periods.
   *
   * @return length of the message.
   */
  int encodeTrade(
      MutableDirectBuffer buffer, int offset, long time, long initialValue, int periods) {
    begin(buffer, offset, time);
    pools(initialValue);
    return plans(BASE_RATE_BPS, CAP_BPS, periods);
  }

  /**
   * So many plans, {@link #PLAN} among them, whose cohorts all exit after one release: what an
   * account has of lots it has of one day, one of each plan in which it was given points.
   *
   * @return length of the message.
   */
  int encodeLotsOfADay(
      MutableDirectBuffer buffer, int offset, long time, long initialValue, int plans) {
    begin(buffer, offset, time);
    pools(initialValue);
    final ConfigureEncoder.PlansEncoder encoder = configure.plansCount(plans);
    plan(encoder, 1, BASE_RATE_BPS, CAP_BPS, DEFAULT_PERIODS);
    for (int plan = PLAN; plan <= plans; plan++) {
      plan(encoder, plan, BASE_RATE_BPS, CAP_BPS, 1);
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + configure.encodedLength();
  }

  /** What all have, and what is left as it is. */
  private ConfigureEncoder begin(MutableDirectBuffer buffer, int offset, long time) {
    configure.wrapAndApplyHeader(buffer, offset, header).correlationId(0).time(time);
    ControlMessages.unchanged(configure)
        .referralPolicy(ReferralPolicy.NULL_VAL)
        .dailyValveBps(VALVE_BPS)
        .monthlyValveBps(VALVE_BPS)
        .orderWindowDays(1)
        .lists()
        .clear()
        .pools(true)
        .plans(true);
    return configure;
  }

  private void pools(long initialValue) {
    configure.channelsCount(0);
    final ConfigureEncoder.PoolsEncoder pools = configure.poolsCount(POOLS);
    for (int pool = 1; pool <= POOLS; pool++) {
      pools
          .next()
          .pool(pool)
          .initialValue(initialValue)
          .stepBps(STEP_BPS)
          .minIntervalDays(1)
          .maxIntervalDays(1);
    }
  }

  /** The plan that there is by default, which no program may change, and the benchmarks' own. */
  private int plans(int baseRateBps, int capBps, int maxPeriods) {
    final ConfigureEncoder.PlansEncoder encoder = configure.plansCount(2);
    plan(encoder, 1, BASE_RATE_BPS, CAP_BPS, DEFAULT_PERIODS);
    plan(encoder, PLAN, baseRateBps, capBps, maxPeriods);
    return MessageHeaderEncoder.ENCODED_LENGTH + configure.encodedLength();
  }

  private static void plan(
      ConfigureEncoder.PlansEncoder encoder, int plan, int baseRateBps, int capBps, int periods) {
    encoder
        .next()
        .plan(plan)
        .baseRateBps(baseRateBps)
        .capBps(capBps)
        .maxPeriods(periods)
        .fixedPeriods(0)
        .fixedRateBps(0);
  }
}
