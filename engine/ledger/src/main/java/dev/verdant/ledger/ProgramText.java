package dev.verdant.ledger;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program as one JSON object with the names of rulebook section 2: what a configure of a script
 * takes.
 */
final class ProgramText {
  private final StringBuilder text = new StringBuilder("{");

  private ProgramText() {}

  /** All of a program. */
  static String of(Program program) {
    final ProgramText text =
        new ProgramText()
            .field("business_offset_minutes", program.businessOffsetMinutes)
            .field("min_concession_bps", program.minConcessionBps)
            .field("max_concession_bps", program.maxConcessionBps)
            .field("buyer_points_bps", program.buyerPointsBps)
            .field("merchant_points_bps", program.merchantPointsBps)
            .field("incentive_share_bps", program.incentiveShareBps)
            .field("merchant_payable_bps", program.merchantPayableBps)
            .field("marketer_bps", program.marketerBps)
            .field("district_bps", program.districtBps)
            .field("provincial_bps", program.provincialBps)
            .field("referral_bps", program.referralBps)
            .value("referral_policy", '"' + program.referralPolicy.name() + '"')
            .field("coin_bps", program.coinBps)
            .field("max_coupon_bps", program.maxCouponBps)
            .field("daily_valve_bps", program.dailyValveBps)
            .field("monthly_valve_bps", program.monthlyValveBps)
            .field("order_window_days", program.orderWindowDays)
            .list("channels", Stream.of(program.channels), ProgramText::channel)
            .list("pools", Stream.of(program.pools), ProgramText::pool)
            .list("plans", Stream.of(program.plans), ProgramText::plan);
    return text.end();
  }

  private static String channel(Program.Channel channel) {
    return new ProgramText()
        .field("channel", channel.id())
        .field("merchant_daily_limit", channel.merchantDailyLimit())
        .end();
  }

  private static String pool(Program.PoolTerms pool) {
    return new ProgramText()
        .field("pool", pool.id())
        .field("initial_value", pool.initialValue())
        .field("step_bps", pool.stepBps())
        .field("min_interval_days", pool.minIntervalDays())
        .field("max_interval_days", pool.maxIntervalDays())
        .end();
  }

  private static String plan(Program.Plan plan) {
    return new ProgramText()
        .field("plan", plan.id())
        .field("base_rate_bps", plan.baseRateBps())
        .field("cap_bps", plan.capBps())
        .field("max_periods", plan.maxPeriods())
        .field("fixed_periods", plan.fixedPeriods())
        .field("fixed_rate_bps", plan.fixedRateBps())
        .end();
  }

  private ProgramText field(String name, long number) {
    return value(name, Long.toString(number));
  }

  private <T> ProgramText list(String name, Stream<T> entries, Function<T, String> toText) {
    return value(name, entries.map(toText).collect(Collectors.joining(", ", "[", "]")));
  }

  private ProgramText value(String name, String json) {
    text.append(text.length() > 1 ? ", \"" : "\"").append(name).append("\": ").append(json);
    return this;
  }

  private String end() {
    return text.append('}').toString();
  }
}
