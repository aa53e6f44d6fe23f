package dev.verdant.ledger.property;

import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Policy;
import dev.verdant.ledger.model.ProgramChange;
import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import java.util.List;
import java.util.Map;

/** Programs that change while they run, and programs that must be refused. */
final class ProgramCommands {
  private final Dice dice;
  private final World world;

  ProgramCommands(Dice dice, World world) {
    this.dice = dice;
    this.world = world;
  }

  Command configure(long time) {
    return new Command.Configure(
        time,
        switch (dice.between(0, 9)) {
          case 0, 1, 2 -> number("monthly_valve_bps", dice.oneOf(0, 500, 20_000, 1_000_000));
          case 3 -> number("daily_valve_bps", dice.oneOf(0, 300, 20_000, 1_000_000));
          case 4 -> number("order_window_days", dice.oneOf(1, 2, 5, 30, 90, 0, 3650, 3651));
          case 5 -> rates();
          case 6 -> policy();
          case 7 -> lists();
          default -> outOfBounds();
        });
  }

  private static ProgramChange number(String name, int value) {
    return ProgramChange.of(Map.of(name, value));
  }

  private ProgramChange rates() {
    return ProgramChange.of(
        Map.of(
            "buyer_points_bps", dice.oneOf(0, 5000, 10_000, 100_000),
            "merchant_points_bps", dice.oneOf(0, 5000, 10_000, 100_000),
            "coin_bps", dice.oneOf(0, 10_000),
            "max_coupon_bps", dice.oneOf(0, 1000, 10_000),
            "marketer_bps", dice.oneOf(0, 100, 600)));
  }

  private ProgramChange policy() {
    return new ProgramChange(Map.of(), dice.oneOf(Policy.values()), null, null, null);
  }

  /** Lists that lose an entry, repeat one, lack a value, change a plan, or are simply good. */
  private ProgramChange lists() {
    return switch (dice.between(0, 5)) {
      case 0 -> new ProgramChange(Map.of(), null, world.channels(), null, null);
      case 1 -> new ProgramChange(Map.of(), null, List.of(new Channel(1, 0L)), null, null);
      case 2 ->
          new ProgramChange(
              Map.of(),
              null,
              null,
              List.of(pool(1), pool(2), pool(3), pool(dice.oneOf(3, 4, 0, 65_535, 65_536))),
              null);
      case 3 ->
          new ProgramChange(
              Map.of(),
              null,
              null,
              List.of(pool(1), pool(2), new PoolTerms(3, null, null, null, null)),
              null);
      case 4 -> new ProgramChange(Map.of(), null, null, List.of(pool(1), pool(2)), null);
      default ->
          new ProgramChange(
              Map.of(),
              null,
              null,
              null,
              List.of(
                  new PlanTerms(1, 50, 50_000, 40, 0, 0),
                  new PlanTerms(5, null, null, null, null, null)));
    };
  }

  private PoolTerms pool(int id) {
    int least = dice.between(1, 2);
    return new PoolTerms(id, 1000L, dice.oneOf(100, 1500, 0), least, dice.oneOf(0, 1, 2, 9));
  }

  private ProgramChange outOfBounds() {
    return dice.oneOf(
        number("min_concession_bps", dice.oneOf(0, 10_001)),
        number("max_concession_bps", dice.oneOf(0, 10_001)),
        number("buyer_points_bps", dice.oneOf(-1, 1_000_001)),
        number("incentive_share_bps", dice.oneOf(0, 10_001, 10_000)),
        number("merchant_payable_bps", dice.oneOf(-1, 10_001)),
        number("marketer_bps", dice.oneOf(-1, 9000, Integer.MAX_VALUE)),
        number("district_bps", dice.oneOf(-1, Integer.MAX_VALUE)),
        number("referral_bps", dice.oneOf(-1, 10_001)),
        number("max_coupon_bps", dice.oneOf(-1, 10_001)),
        number("daily_valve_bps", dice.oneOf(-1, 1_000_001)),
        number("monthly_valve_bps", dice.oneOf(-1, 1_000_001)),
        number("business_offset_minutes", dice.oneOf(480, 0, -721, 841)));
  }
}
