package dev.verdant.ledger.model;

/**
 * What an account is opened with or changed to; null where a field is not given.
 *
 * @param pool into which later points go.
 * @param plan by which later points release.
 * @param concessionBps a merchant's rate.
 * @param referrer a consumer or merchant.
 * @param marketer of a merchant.
 * @param district agent of a merchant.
 * @param provincial agent of a merchant.
 */
public record Terms(
    Integer pool,
    Integer plan,
    Integer concessionBps,
    Long referrer,
    Long marketer,
    Long district,
    Long provincial) {
  /** Nothing given. */
  public static final Terms NONE = new Terms(null, null, null, null, null, null, null);
}
