package dev.verdant.client.request;

import dev.verdant.protocol.codec.ReferralPolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A change of the program: the fields and lists that are given. A list that is given replaces the
 * whole list, an empty one included; missing fields of its entries take the rulebook's defaults.
 *
 * @param values the whole-number fields given.
 * @param referralPolicy when referrers are rewarded.
 * @param channels payment channels.
 * @param pools pools.
 * @param plans release plans.
 */
public record Program(
    Map<ProgramField, Integer> values,
    Optional<ReferralPolicy> referralPolicy,
    Optional<List<Channel>> channels,
    Optional<List<Pool>> pools,
    Optional<List<Plan>> plans) {

  /** Copies what it is given. */
  public Program {
    values = Map.copyOf(values);
    channels = channels.map(List::copyOf);
    pools = pools.map(List::copyOf);
    plans = plans.map(List::copyOf);
  }

  /** A program with nothing given yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The value of a field, empty where it is not given. */
  public OptionalInt value(ProgramField field) {
    Integer value = values.get(field);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /**
   * A payment channel.
   *
   * @param id 1..65535.
   * @param merchantDailyLimitFen most cash that one merchant may take through it in a business day;
   *     0 for no limit.
   */
  public record Channel(int id, OptionalLong merchantDailyLimitFen) {
    /** A channel without a limit. */
    public static Channel of(int id) {
      return new Channel(id, OptionalLong.empty());
    }

    /** A channel with a limit in fen. */
    public static Channel of(int id, long merchantDailyLimitFen) {
      return new Channel(id, OptionalLong.of(merchantDailyLimitFen));
    }
  }

  /**
   * A pool.
   *
   * @param id 1..65535.
   * @param initialValueCp points issued, in 1/100 point, at which its first period opens.
   * @param stepBps growth from one period to the next.
   * @param minIntervalDays fewest days between two periods.
   * @param maxIntervalDays days after which a period opens without full growth; 0 for never.
   */
  public record Pool(
      int id,
      OptionalLong initialValueCp,
      OptionalInt stepBps,
      OptionalInt minIntervalDays,
      OptionalInt maxIntervalDays) {
    /** A pool with the default step and intervals. */
    public static Pool of(int id, long initialValueCp) {
      OptionalInt empty = OptionalInt.empty();
      return new Pool(id, OptionalLong.of(initialValueCp), empty, empty, empty);
    }
  }

  /**
   * A release plan.
   *
   * @param id 1..65535.
   * @param baseRateBps share of a point that its first release by the pool's growth frees.
   * @param capBps most that a point releases in all.
   * @param maxPeriods most periods in which a point takes part.
   * @param fixedPeriods periods at the fixed rate, before those by the pool's growth.
   * @param fixedRateBps the fixed rate.
   */
  public record Plan(
      int id,
      OptionalInt baseRateBps,
      OptionalInt capBps,
      OptionalInt maxPeriods,
      OptionalInt fixedPeriods,
      OptionalInt fixedRateBps) {
    /** A plan with all defaults. */
    public static Plan of(int id) {
      OptionalInt empty = OptionalInt.empty();
      return new Plan(id, empty, empty, empty, empty, empty);
    }
  }

  /** Collects fields; not thread-safe. */
  public static final class Builder {
    private final Map<ProgramField, Integer> values = new EnumMap<>(ProgramField.class);
    private Optional<ReferralPolicy> referralPolicy = Optional.empty();
    private Optional<List<Channel>> channels = Optional.empty();
    private Optional<List<Pool>> pools = Optional.empty();
    private Optional<List<Plan>> plans = Optional.empty();

    private Builder() {}

    /** Gives a whole-number field. */
    public Builder set(ProgramField field, int value) {
      values.put(field, value);
      return this;
    }

    /** Gives the referral policy. */
    public Builder referralPolicy(ReferralPolicy policy) {
      referralPolicy = Optional.of(policy);
      return this;
    }

    /** Gives the whole list of channels. */
    public Builder channels(Channel... list) {
      channels = Optional.of(List.of(list));
      return this;
    }

    /** Gives the whole list of pools. */
    public Builder pools(Pool... list) {
      pools = Optional.of(List.of(list));
      return this;
    }

    /** Gives the whole list of plans. */
    public Builder plans(Plan... list) {
      plans = Optional.of(List.of(list));
      return this;
    }

    /** The program as given so far. */
    public Program build() {
      return new Program(values, referralPolicy, channels, pools, plans);
    }
  }
}
