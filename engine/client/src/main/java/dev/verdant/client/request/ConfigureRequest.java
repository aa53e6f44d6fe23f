package dev.verdant.client.request;

import dev.verdant.client.result.CommandResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.agrona.MutableDirectBuffer;

/**
 * Changes the program (rulebook section 2); what is not given stays.
 *
 * @param program the fields and lists that are given.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record ConfigureRequest(Program program, long timeMillis) implements Request<CommandResult> {
  private static final int INT_NOT_GIVEN = ConfigureEncoder.minConcessionBpsNullValue();
  private static final long LONG_NOT_GIVEN = ConfigureEncoder.PoolsEncoder.initialValueNullValue();

  /** A change of the program. */
  public static ConfigureRequest of(Program program) {
    return new ConfigureRequest(program, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public ConfigureRequest at(long timeMillis) {
    return new ConfigureRequest(program, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    ConfigureEncoder encoder =
        new ConfigureEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .businessOffsetMinutes(value(ProgramField.BUSINESS_OFFSET_MINUTES))
            .minConcessionBps(value(ProgramField.MIN_CONCESSION_BPS))
            .maxConcessionBps(value(ProgramField.MAX_CONCESSION_BPS))
            .buyerPointsBps(value(ProgramField.BUYER_POINTS_BPS))
            .merchantPointsBps(value(ProgramField.MERCHANT_POINTS_BPS))
            .incentiveShareBps(value(ProgramField.INCENTIVE_SHARE_BPS))
            .merchantPayableBps(value(ProgramField.MERCHANT_PAYABLE_BPS))
            .marketerBps(value(ProgramField.MARKETER_BPS))
            .districtBps(value(ProgramField.DISTRICT_BPS))
            .provincialBps(value(ProgramField.PROVINCIAL_BPS))
            .referralBps(value(ProgramField.REFERRAL_BPS))
            .coinBps(value(ProgramField.COIN_BPS))
            .maxCouponBps(value(ProgramField.MAX_COUPON_BPS))
            .dailyValveBps(value(ProgramField.DAILY_VALVE_BPS))
            .monthlyValveBps(value(ProgramField.MONTHLY_VALVE_BPS))
            .orderWindowDays(value(ProgramField.ORDER_WINDOW_DAYS))
            .referralPolicy(program.referralPolicy().orElse(ReferralPolicy.NULL_VAL));
    encoder
        .lists()
        .clear()
        .channels(program.channels().isPresent())
        .pools(program.pools().isPresent())
        .plans(program.plans().isPresent());
    encodeChannels(encoder, program.channels().orElse(List.of()));
    encodePools(encoder, program.pools().orElse(List.of()));
    encodePlans(encoder, program.plans().orElse(List.of()));
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  @Override
  public CommandResult decode(Reply reply) {
    return CommandResult.decode(reply);
  }

  private int value(ProgramField field) {
    return orNotGiven(program.value(field));
  }

  private static void encodeChannels(ConfigureEncoder encoder, List<Program.Channel> channels) {
    ConfigureEncoder.ChannelsEncoder group = encoder.channelsCount(channels.size());
    for (Program.Channel channel : channels) {
      group
          .next()
          .channel(channel.id())
          .merchantDailyLimit(orNotGiven(channel.merchantDailyLimitFen()));
    }
  }

  private static void encodePools(ConfigureEncoder encoder, List<Program.Pool> pools) {
    ConfigureEncoder.PoolsEncoder group = encoder.poolsCount(pools.size());
    for (Program.Pool pool : pools) {
      group
          .next()
          .pool(pool.id())
          .initialValue(orNotGiven(pool.initialValueCp()))
          .stepBps(orNotGiven(pool.stepBps()))
          .minIntervalDays(orNotGiven(pool.minIntervalDays()))
          .maxIntervalDays(orNotGiven(pool.maxIntervalDays()));
    }
  }

  private static void encodePlans(ConfigureEncoder encoder, List<Program.Plan> plans) {
    ConfigureEncoder.PlansEncoder group = encoder.plansCount(plans.size());
    for (Program.Plan plan : plans) {
      group
          .next()
          .plan(plan.id())
          .baseRateBps(orNotGiven(plan.baseRateBps()))
          .capBps(orNotGiven(plan.capBps()))
          .maxPeriods(orNotGiven(plan.maxPeriods()))
          .fixedPeriods(orNotGiven(plan.fixedPeriods()))
          .fixedRateBps(orNotGiven(plan.fixedRateBps()));
    }
  }

  private static int orNotGiven(OptionalInt value) {
    return value.orElse(INT_NOT_GIVEN);
  }

  private static long orNotGiven(OptionalLong value) {
    return value.orElse(LONG_NOT_GIVEN);
  }
}
