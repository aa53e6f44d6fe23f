package dev.verdant.ledger.model;

import java.util.List;
import java.util.Map;

/**
 * The fields that a configure gives, rulebook section 2; null where a field is not given.
 *
 * @param numbers by the rulebook's field names, only those given.
 * @param policy of referrals.
 */
public record ProgramChange(
    Map<String, Integer> numbers,
    Policy policy,
    List<Channel> channels,
    List<PoolTerms> pools,
    List<PlanTerms> plans) {
  /** A change of some numbers alone. */
  public static ProgramChange of(Map<String, Integer> numbers) {
    return new ProgramChange(numbers, null, null, null, null);
  }

  /** A payment channel; 0 is no limit. */
  public record Channel(int channel, Long merchantDailyLimit) {}

  /** A pool's settings; the initial value has no default. */
  public record PoolTerms(
      int pool,
      Long initialValue,
      Integer stepBps,
      Integer minIntervalDays,
      Integer maxIntervalDays) {}

  /** A plan's settings. */
  public record PlanTerms(
      int plan,
      Integer baseRateBps,
      Integer capBps,
      Integer maxPeriods,
      Integer fixedPeriods,
      Integer fixedRateBps) {}
}
