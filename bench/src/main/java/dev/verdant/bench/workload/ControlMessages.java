package dev.verdant.bench.workload;

import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.ReleaseEncoder;
import dev.verdant.protocol.codec.TrialBalanceQueryEncoder;

/** The requests around a day of trade: the program, releases, queries. */
public final class ControlMessages {
  /** Pools that the program has. */
  public static final int POOLS = 2;

  private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;
  static final long INITIAL_VALUE = 1_000_000L;
  static final int STEP_BPS = 1500;
  private static final int VALVE_BPS = 1_000_000;

  private ControlMessages() {}

  /**
   * The program: a period opens every day from the second on, so that coupons flow and lots gather
   * in days instead of months; nothing else differs from the defaults but the window.
   */
  public static MessageSource program(Profile profile) {
    final ConfigureEncoder configure = new ConfigureEncoder();
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    return (number, buffer, offset) -> {
      configure
          .wrapAndApplyHeader(buffer, offset, header)
          .correlationId(number)
          .time(Calendar.timeMillis(0));
      unchanged(configure)
          .dailyValveBps(VALVE_BPS)
          .monthlyValveBps(VALVE_BPS)
          .orderWindowDays(profile.windowDays())
          .referralPolicy(ReferralPolicy.NULL_VAL)
          .lists()
          .clear()
          .pools(true);
      configure.channelsCount(0);
      final ConfigureEncoder.PoolsEncoder pools = configure.poolsCount(POOLS);
      for (int pool = 1; pool <= POOLS; pool++) {
        pools
            .next()
            .pool(pool)
            .initialValue(INITIAL_VALUE)
            .stepBps(STEP_BPS)
            .minIntervalDays(1)
            .maxIntervalDays(1);
      }
      configure.plansCount(0);
      return HEADER_LENGTH + configure.encodedLength();
    };
  }

  /** Leaves every rate, share and offset of a program as it is. */
  public static ConfigureEncoder unchanged(ConfigureEncoder configure) {
    return configure
        .businessOffsetMinutes(ConfigureEncoder.businessOffsetMinutesNullValue())
        .minConcessionBps(ConfigureEncoder.minConcessionBpsNullValue())
        .maxConcessionBps(ConfigureEncoder.maxConcessionBpsNullValue())
        .buyerPointsBps(ConfigureEncoder.buyerPointsBpsNullValue())
        .merchantPointsBps(ConfigureEncoder.merchantPointsBpsNullValue())
        .incentiveShareBps(ConfigureEncoder.incentiveShareBpsNullValue())
        .merchantPayableBps(ConfigureEncoder.merchantPayableBpsNullValue())
        .marketerBps(ConfigureEncoder.marketerBpsNullValue())
        .districtBps(ConfigureEncoder.districtBpsNullValue())
        .provincialBps(ConfigureEncoder.provincialBpsNullValue())
        .referralBps(ConfigureEncoder.referralBpsNullValue())
        .coinBps(ConfigureEncoder.coinBpsNullValue())
        .maxCouponBps(ConfigureEncoder.maxCouponBpsNullValue());
  }

  /** Releases pool number + 1 on a day of trade. */
  public static MessageSource releases(int day) {
    final ReleaseEncoder release = new ReleaseEncoder();
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    return (number, buffer, offset) -> {
      release
          .wrapAndApplyHeader(buffer, offset, header)
          .correlationId(number)
          .time(Calendar.timeMillis(day))
          .pool((int) number + 1)
          .day(ReleaseEncoder.dayNullValue());
      return HEADER_LENGTH + ReleaseEncoder.BLOCK_LENGTH;
    };
  }

  /** Asks for accounts by their ids. */
  public static MessageSource accountQueries(long[] accounts) {
    final AccountQueryEncoder query = new AccountQueryEncoder();
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    return (number, buffer, offset) -> {
      query
          .wrapAndApplyHeader(buffer, offset, header)
          .correlationId(number)
          .account(accounts[(int) number]);
      return HEADER_LENGTH + AccountQueryEncoder.BLOCK_LENGTH;
    };
  }

  /** Asks for the trial balance. */
  public static MessageSource trialBalanceQuery() {
    final TrialBalanceQueryEncoder query = new TrialBalanceQueryEncoder();
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    return (number, buffer, offset) -> {
      query
          .wrapAndApplyHeader(buffer, offset, header)
          .correlationId(number)
          .view(TrialBalanceQueryEncoder.viewNullValue())
          .maxAge(0)
          .keepView((short) 0);
      return HEADER_LENGTH + TrialBalanceQueryEncoder.BLOCK_LENGTH;
    };
  }
}
