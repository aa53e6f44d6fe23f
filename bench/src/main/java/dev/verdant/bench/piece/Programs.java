package dev.verdant.bench.piece;

import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import org.agrona.MutableDirectBuffer;

/**
 * The programs of the benchmarks. In both a period opens every day in either pool, and releases may
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
  int encodePointsByIssue(MutableDirectBuffer buffer, long time, long initialValue) {
    begin(buffer, time).buyerPointsBps(0).merchantPointsBps(0).referralPolicy(ReferralPolicy.NONE);
    pools(initialValue);
    return plans(1, LARGEST_CAP_BPS, Integer.MAX_VALUE);
  }

  /**
   * The program by default, but that a cohort of {@link #PLAN} exits after so few periods.
   *
   * @return length of the message.
   */
  int encodeTrade(MutableDirectBuffer buffer, long time, long initialValue, int periods) {
    begin(buffer, time);
    pools(initialValue);
    return plans(BASE_RATE_BPS, CAP_BPS, periods);
  }

  /** What both have, and what is left as it is. */
  private ConfigureEncoder begin(MutableDirectBuffer buffer, long time) {
    configure.wrapAndApplyHeader(buffer, 0, header).correlationId(0).time(time);
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
    configure
        .plansCount(2)
        .next()
        .plan(1)
        .baseRateBps(BASE_RATE_BPS)
        .capBps(CAP_BPS)
        .maxPeriods(DEFAULT_PERIODS)
        .fixedPeriods(0)
        .fixedRateBps(0)
        .next()
        .plan(PLAN)
        .baseRateBps(baseRateBps)
        .capBps(capBps)
        .maxPeriods(maxPeriods)
        .fixedPeriods(0)
        .fixedRateBps(0);
    return MessageHeaderEncoder.ENCODED_LENGTH + configure.encodedLength();
  }
}
