package dev.verdant.ledger.harness;

import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.ProgramChange;
import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;

/** Writes a configure: the fields that are given, and null values for the rest. */
final class ConfigureMessage {
  private static final int NO_INT = ConfigureEncoder.businessOffsetMinutesNullValue();
  private static final long NO_LONG =
      ConfigureEncoder.ChannelsEncoder.merchantDailyLimitNullValue();

  private final ConfigureEncoder encoder = new ConfigureEncoder();

  int encode(
      Command.Configure command,
      long correlationId,
      MutableDirectBuffer buffer,
      MessageHeaderEncoder header) {
    ProgramChange change = command.change();
    encoder.wrapAndApplyHeader(buffer, 0, header).correlationId(correlationId).time(command.time());
    putNumbers(change.numbers());
    encoder.referralPolicy(
        change.policy() == null
            ? ReferralPolicy.NULL_VAL
            : ReferralPolicy.valueOf(change.policy().name()));
    encoder
        .lists()
        .clear()
        .channels(change.channels() != null)
        .pools(change.pools() != null)
        .plans(change.plans() != null);
    putChannels(orEmpty(change.channels()));
    putPools(orEmpty(change.pools()));
    putPlans(orEmpty(change.plans()));
    return encoder.encodedLength();
  }

  private void putNumbers(Map<String, Integer> numbers) {
    encoder
        .businessOffsetMinutes(numbers.getOrDefault("business_offset_minutes", NO_INT))
        .minConcessionBps(numbers.getOrDefault("min_concession_bps", NO_INT))
        .maxConcessionBps(numbers.getOrDefault("max_concession_bps", NO_INT))
        .buyerPointsBps(numbers.getOrDefault("buyer_points_bps", NO_INT))
        .merchantPointsBps(numbers.getOrDefault("merchant_points_bps", NO_INT))
        .incentiveShareBps(numbers.getOrDefault("incentive_share_bps", NO_INT))
        .merchantPayableBps(numbers.getOrDefault("merchant_payable_bps", NO_INT))
        .marketerBps(numbers.getOrDefault("marketer_bps", NO_INT))
        .districtBps(numbers.getOrDefault("district_bps", NO_INT))
        .provincialBps(numbers.getOrDefault("provincial_bps", NO_INT))
        .referralBps(numbers.getOrDefault("referral_bps", NO_INT))
        .coinBps(numbers.getOrDefault("coin_bps", NO_INT))
        .maxCouponBps(numbers.getOrDefault("max_coupon_bps", NO_INT))
        .dailyValveBps(numbers.getOrDefault("daily_valve_bps", NO_INT))
        .monthlyValveBps(numbers.getOrDefault("monthly_valve_bps", NO_INT))
        .orderWindowDays(numbers.getOrDefault("order_window_days", NO_INT));
  }

  private void putChannels(List<Channel> channels) {
    ConfigureEncoder.ChannelsEncoder group = encoder.channelsCount(channels.size());
    for (Channel channel : channels) {
      group
          .next()
          .channel(channel.channel())
          .merchantDailyLimit(
              channel.merchantDailyLimit() == null ? NO_LONG : channel.merchantDailyLimit());
    }
  }

  private void putPools(List<PoolTerms> pools) {
    ConfigureEncoder.PoolsEncoder group = encoder.poolsCount(pools.size());
    for (PoolTerms pool : pools) {
      group
          .next()
          .pool(pool.pool())
          .initialValue(pool.initialValue() == null ? NO_LONG : pool.initialValue())
          .stepBps(orNone(pool.stepBps()))
          .minIntervalDays(orNone(pool.minIntervalDays()))
          .maxIntervalDays(orNone(pool.maxIntervalDays()));
    }
  }

  private void putPlans(List<PlanTerms> plans) {
    ConfigureEncoder.PlansEncoder group = encoder.plansCount(plans.size());
    for (PlanTerms plan : plans) {
      group
          .next()
          .plan(plan.plan())
          .baseRateBps(orNone(plan.baseRateBps()))
          .capBps(orNone(plan.capBps()))
          .maxPeriods(orNone(plan.maxPeriods()))
          .fixedPeriods(orNone(plan.fixedPeriods()))
          .fixedRateBps(orNone(plan.fixedRateBps()));
    }
  }

  private static int orNone(Integer value) {
    return value == null ? NO_INT : value;
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
