package dev.verdant.client.request;

import dev.verdant.protocol.codec.AccountFieldsEncoder;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The optional fields of an account, where {@link #builder} has set them.
 *
 * @param pool into which the account's points go.
 * @param plan by which they release.
 * @param concessionBps a merchant's concession, in basis points.
 * @param referrer account that referred this one; once set it stays.
 * @param marketer a merchant's marketer.
 * @param district a merchant's district agent.
 * @param provincial a merchant's provincial agent.
 */
public record AccountOptions(
    OptionalInt pool,
    OptionalInt plan,
    OptionalInt concessionBps,
    OptionalLong referrer,
    OptionalLong marketer,
    OptionalLong district,
    OptionalLong provincial) {

  /** Nothing given. */
  public static final AccountOptions NONE = builder().build();

  /** Options with nothing given yet. */
  public static Builder builder() {
    return new Builder();
  }

  AccountFieldsEncoder mark(AccountFieldsEncoder fields) {
    return fields
        .pool(pool.isPresent())
        .plan(plan.isPresent())
        .concessionBps(concessionBps.isPresent())
        .referrer(referrer.isPresent())
        .marketer(marketer.isPresent())
        .district(district.isPresent())
        .provincial(provincial.isPresent());
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private OptionalInt pool = OptionalInt.empty();
    private OptionalInt plan = OptionalInt.empty();
    private OptionalInt concessionBps = OptionalInt.empty();
    private OptionalLong referrer = OptionalLong.empty();
    private OptionalLong marketer = OptionalLong.empty();
    private OptionalLong district = OptionalLong.empty();
    private OptionalLong provincial = OptionalLong.empty();

    private Builder() {}

    /** Sets the pool. */
    public Builder pool(int value) {
      pool = OptionalInt.of(value);
      return this;
    }

    /** Sets the plan. */
    public Builder plan(int value) {
      plan = OptionalInt.of(value);
      return this;
    }

    /** Sets a merchant's concession in basis points. */
    public Builder concessionBps(int value) {
      concessionBps = OptionalInt.of(value);
      return this;
    }

    /** Sets the referrer. */
    public Builder referrer(long account) {
      referrer = OptionalLong.of(account);
      return this;
    }

    /** Sets a merchant's marketer. */
    public Builder marketer(long account) {
      marketer = OptionalLong.of(account);
      return this;
    }

    /** Sets a merchant's district agent. */
    public Builder district(long account) {
      district = OptionalLong.of(account);
      return this;
    }

    /** Sets a merchant's provincial agent. */
    public Builder provincial(long account) {
      provincial = OptionalLong.of(account);
      return this;
    }

    /** The options as set so far. */
    public AccountOptions build() {
      return new AccountOptions(
          pool, plan, concessionBps, referrer, marketer, district, provincial);
    }
  }
}
