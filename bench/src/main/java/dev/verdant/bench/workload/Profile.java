package dev.verdant.bench.workload;

/**
 * What kind of trade is generated.
 *
 * @param name for reports.
 * @param members that buy.
 * @param merchants that sell.
 * @param skewed whether members and merchants are drawn by the fitted shares, else uniformly.
 * @param refundsPerMille refunds, each of a whole order of the same day.
 * @param referredPercent members that were referred by an earlier one.
 * @param agents whether every merchant has a marketer, a district and a provincial agent.
 * @param spendsCoupons whether a buyer's first order of a day spends what coupons it has: all that
 *     there are until the next release.
 * @param windowDays for which transactions are remembered.
 * @param seed of all that is drawn.
 */
public record Profile(
    String name,
    int members,
    int merchants,
    boolean skewed,
    int refundsPerMille,
    int referredPercent,
    boolean agents,
    boolean spendsCoupons,
    int windowDays,
    long seed) {
  private static final int MERCHANTS = 170_000;
  private static final int MEMBERS_A_MERCHANT = 6;

  /** Of the purchase cards that {@link Shares} are fitted to: 5,073 of 181,335 rows are refunds. */
  private static final int REFUNDS_PER_MILLE = 30;

  private static final int REFERRED_PERCENT = 20;
  private static final long SEED = 7411;

  /** Checks the counts. */
  public Profile {
    if (members < 1 || merchants < 1) {
      throw new IllegalArgumentException(members + " members, " + merchants + " merchants");
    }
  }

  /**
   * Trade as in the fitted data: skewed members and merchants, refunds, coupons, referrers, agents.
   */
  public static Profile skewed(int members) {
    return new Profile(
        "skewed",
        members,
        merchantsOf(members),
        true,
        REFUNDS_PER_MILLE,
        REFERRED_PERCENT,
        true,
        true,
        1,
        SEED);
  }

  /** Plain orders between uniformly random members and merchants: the worst for every cache. */
  public static Profile uniform(int members) {
    return new Profile(
        "uniform", members, merchantsOf(members), false, 0, 0, false, false, 1, SEED);
  }

  private static int merchantsOf(int members) {
    return Math.max(1, Math.min(MERCHANTS, members / MEMBERS_A_MERCHANT));
  }
}
