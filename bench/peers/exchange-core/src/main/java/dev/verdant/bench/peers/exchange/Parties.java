package dev.verdant.bench.peers.exchange;

import dev.verdant.bench.workload.OrderDraw;
import dev.verdant.bench.workload.Population;

/**
 * Buyers, merchants and amounts of so many orders, drawn before any run, as ours are drawn before
 * they are measured; behind the last comes the first again.
 */
final class Parties {
  private static final int MOST_ORDERS = 1 << 20;
  private static final int ORDERS_A_MEMBER = 16;

  private final Population population;
  private final int[] buyers;
  private final int[] merchants;
  private final int[] amounts;
  private int order = -1;

  Parties(Population population) {
    final long wanted = (long) ORDERS_A_MEMBER * population.profile().members();
    final int count = (int) Math.min(MOST_ORDERS, wanted);
    this.population = population;
    this.buyers = new int[count];
    this.merchants = new int[count];
    this.amounts = new int[count];
    final OrderDraw draw = new OrderDraw(population);
    for (int i = 0; i < count; i++) {
      draw.next();
      buyers[i] = draw.buyer();
      merchants[i] = draw.merchant();
      amounts[i] = draw.amountFen();
    }
  }

  /** Goes on to the next order. */
  void next() {
    order = (order + 1) % buyers.length;
  }

  long buyer() {
    return population.member(buyers[order]);
  }

  long merchant() {
    return population.merchant(merchants[order]);
  }

  long marketer() {
    return population.agent(Population.marketerOf(merchants[order]));
  }

  long district() {
    return population.agent(Population.districtOf(merchants[order]));
  }

  long provincial() {
    return population.agent(Population.provincialOf(merchants[order]));
  }

  /** In fen, 1 or more. */
  long amount() {
    return amounts[order];
  }
}
