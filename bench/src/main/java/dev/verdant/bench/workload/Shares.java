package dev.verdant.bench.workload;

import java.util.SplittableRandom;

/**
 * The fitted shares: who buys, where, and for how much. All are of {@code
 * birmingham-purchase-cards.csv.gz} in the project's {@code shared/data}, which is no part of this
 * repository: 181,335 orders and refunds of Birmingham City Council's purchase cards, April 2014 to
 * January 2018. Its README tells the merchants' shares and the amounts' percentiles under "Shape".
 *
 * <ul>
 *   <li>Merchants: the first has 8.3 % of the orders, ten have 25.5 %, a hundred 52.3 %, a thousand
 *       80.3 %; between these the cumulative share grows with the logarithm of the rank.
 *   <li>Members: log-normal activity, sigma 1.2; the busiest 1 % place 13 % of the orders (11 % in
 *       the data), 10 % place 47 % (46 %), 20 % place 64 % (66 %), half 88 % (92 %).
 *   <li>Amounts: log-normal, mu 8.331 and sigma 1.545 of the logarithm of pence, taken as fen.
 * </ul>
 */
final class Shares {
  private static final double[] MERCHANT_SHARES = {0.0825, 0.2545, 0.5232, 0.8034, 1};
  private static final int DRAWS = 1 << 20;
  private static final double ACTIVITY_SIGMA = 1.2;
  private static final double AMOUNT_MU = 8.331;
  private static final double AMOUNT_SIGMA = 1.545;

  private final int members;
  private final int merchants;
  private final int[] merchantRanks;
  private final QuantileTable activity;
  private final QuantileTable amounts;

  Shares(Profile profile) {
    members = profile.members();
    merchants = profile.merchants();
    merchantRanks = profile.skewed() ? merchantRanks(merchants) : null;
    activity =
        profile.skewed()
            ? new QuantileTable(p -> Normal.probability(-Normal.quantile(p) - ACTIVITY_SIGMA))
            : null;
    amounts = new QuantileTable(p -> StrictMath.exp(AMOUNT_MU + AMOUNT_SIGMA * Normal.quantile(p)));
  }

  private static int[] merchantRanks(int merchants) {
    final int[] ranks = new int[DRAWS];
    int draw = 0;
    for (int rank = 0; rank < merchants; rank++) {
      final double end = rank == merchants - 1 ? 1 : cumulativeShare(rank + 1, merchants);
      while (draw < Math.round(end * DRAWS)) {
        ranks[draw++] = rank;
      }
    }
    return ranks;
  }

  /** Share of the orders that the first so many merchants have. */
  private static double cumulativeShare(int count, int merchants) {
    double from = 1;
    for (int i = 1; i < MERCHANT_SHARES.length; i++) {
      final double to =
          i == MERCHANT_SHARES.length - 1 ? Math.max(merchants, 10 * from) : from * 10;
      if (count <= to) {
        final double part = StrictMath.log(count / from) / StrictMath.log(to / from);
        return MERCHANT_SHARES[i - 1] + part * (MERCHANT_SHARES[i] - MERCHANT_SHARES[i - 1]);
      }
      from = to;
    }
    return 1;
  }

  /** Rank of a merchant, 0 for the busiest. */
  int merchantRank(SplittableRandom random) {
    return merchantRanks == null ? random.nextInt(merchants) : merchantRanks[random.nextInt(DRAWS)];
  }

  /** Rank of a member, 0 for the busiest. */
  int memberRank(SplittableRandom random) {
    return activity == null
        ? random.nextInt(members)
        : (int) Math.min(members - 1L, (long) (activity.draw(random) * members));
  }

  /** Amount of an order in fen, 1 or more. */
  int amountFen(SplittableRandom random) {
    return 1 + (int) amounts.draw(random);
  }
}
