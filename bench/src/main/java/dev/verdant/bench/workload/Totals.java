package dev.verdant.bench.workload;

/**
 * What requests must have added to the books (rulebook sections 4 and 10), computed without a
 * ledger.
 *
 * @param orders placed, refunded ones included.
 * @param refunds of whole orders.
 * @param clearingFen that the channels owe.
 * @param revenueFen of the platform.
 * @param pointsCp issued to buyers, merchants and referrers.
 * @param coinsCc issued.
 * @param couponsFen spent.
 */
public record Totals(
    long orders,
    long refunds,
    long clearingFen,
    long revenueFen,
    long pointsCp,
    long coinsCc,
    long couponsFen) {
  /** Nothing. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0);

  private static final long BPS = 10_000;
  private static final long INCENTIVE_SHARE_BPS = 8_000;
  private static final long REFERRAL_BPS = 500;

  /** Points issued and nothing else. */
  public static Totals ofPoints(long pointsCp) {
    return new Totals(0, 0, 0, 0, pointsCp, 0, 0);
  }

  /** Both together. */
  public Totals plus(Totals other) {
    return new Totals(
        orders + other.orders,
        refunds + other.refunds,
        clearingFen + other.clearingFen,
        revenueFen + other.revenueFen,
        pointsCp + other.pointsCp,
        coinsCc + other.coinsCc,
        couponsFen + other.couponsFen);
  }

  Totals spending(long couponFen) {
    return new Totals(
        orders,
        refunds,
        clearingFen - couponFen,
        revenueFen,
        pointsCp,
        coinsCc,
        couponsFen + couponFen);
  }

  /**
   * Points issued so far into a pool of the program: members' are in the first, merchants' in the
   * second.
   */
  public long issuedCp(int pool) {
    // A coin comes with each of a merchant's points, to the buyer.
    return pool == 1 ? pointsCp - coinsCc : coinsCc;
  }

  /** Adds up as requests are drawn. */
  public static final class Sum {
    private final Population population;
    private long orders;
    private long refunds;
    private long clearing;
    private long revenue;
    private long points;
    private long coins;

    /** Nothing has been drawn. */
    public Sum(Population population) {
      this.population = population;
    }

    /** An order, by numbers of the population. */
    public void order(int buyer, int merchant, long amount) {
      orders++;
      post(buyer, merchant, amount, 1);
    }

    /** A refund of a whole order gives back exactly what the order gave. */
    void refund(int buyer, int merchant, long amount) {
      refunds++;
      post(buyer, merchant, amount, -1);
    }

    private void post(int buyer, int merchant, long amount, int sign) {
      final long concession = amount * population.rateBps(merchant) / BPS;
      final long reward = population.referrerOf(buyer) < 0 ? 0 : concession * REFERRAL_BPS / BPS;
      clearing += sign * amount;
      revenue += sign * (concession - concession * INCENTIVE_SHARE_BPS / BPS);
      points += sign * (2 * concession + reward);
      coins += sign * concession;
    }

    /** All that was drawn. */
    public Totals totals() {
      return new Totals(orders, refunds, clearing, revenue, points, coins, 0);
    }
  }
}
