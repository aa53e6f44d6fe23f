package dev.verdant.bench.workload;

import java.util.SplittableRandom;

/**
 * Plain orders, drawn one after the other: who buys, where, and for how much. Needs nothing but the
 * JDK, so that a peer whose libraries are others than ours can draw from the same profile.
 *
 * <p>One thread at a time.
 */
public final class OrderDraw {
  private final Population population;
  private final Shares shares;
  private final SplittableRandom random;
  private int buyer;
  private int merchant;
  private int amountFen;

  /** Draws by the profile's seed; {@link #next} draws the first. */
  public OrderDraw(Population population) {
    this(population, new SplittableRandom(population.profile().seed()));
  }

  OrderDraw(Population population, SplittableRandom random) {
    this.population = population;
    this.shares = new Shares(population.profile());
    this.random = random;
  }

  /** Draws the next order. */
  public void next() {
    buyer = population.memberOfRank(shares.memberRank(random));
    merchant = population.merchantOfRank(shares.merchantRank(random));
    amountFen = shares.amountFen(random);
  }

  /** Number of the member that buys. */
  public int buyer() {
    return buyer;
  }

  /** Number of the merchant that sells. */
  public int merchant() {
    return merchant;
  }

  /** Amount in fen, 1 or more. */
  public int amountFen() {
    return amountFen;
  }
}
