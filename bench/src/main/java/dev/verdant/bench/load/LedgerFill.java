package dev.verdant.bench.load;

import dev.verdant.bench.workload.LotIssues;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Totals;

/**
 * Fills a ledger whose accounts are open: gives every member lots, and has the ledger remember
 * transactions, by issues of points. A day's transactions are remembered until the day after the
 * next begins, so a lot's issues are spread over as many days as keep to the bound.
 *
 * <p>One thread at a time.
 */
public final class LedgerFill {
  private final CheckedTarget target;
  private final Population population;
  private final int remembered;
  private int issued;
  private int issuedTheDayBefore;

  /**
   * Prepares; earlier days' transactions are forgotten with the first lot's days.
   *
   * @param remembered transactions at the most, at least 2.
   */
  public LedgerFill(CheckedTarget target, Population population, int remembered) {
    this.target = target;
    this.population = population;
    this.remembered = remembered;
  }

  /** Opens a period and gives every member points of it: one lot more each. */
  public void addLot() {
    final int members = population.profile().members();
    final int mostADay = remembered / 2;
    beginDay();
    target.release();
    for (int member = 0; member < members; ) {
      if (issued == mostADay) {
        beginDay();
      }
      member += issue(member, Math.min(members - member, mostADay - issued));
    }
  }

  /** Gives more points of the same period, until as many transactions as told are remembered. */
  public void rememberAll() {
    issue(population.profile().members(), remembered - issued - issuedTheDayBefore);
  }

  private void beginDay() {
    target.beginDay();
    issuedTheDayBefore = issued;
    issued = 0;
  }

  private int issue(long first, int count) {
    target.send(new LotIssues(population, target.day()), first, first + count);
    target.expect(Totals.ofPoints(count * LotIssues.POINTS_CP));
    issued += count;
    return count;
  }
}
