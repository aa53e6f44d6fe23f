package dev.verdant.bench.load;

import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.ExpectedAccounts.Balances;
import dev.verdant.bench.workload.Totals;
import java.util.List;

/**
 * What a ledger must show after a sequence: its books, and what some accounts hold.
 *
 * @param totals of the books, computed without a ledger.
 * @param releasedFen coupons, as the releases' replies told.
 * @param someoneHasCoupons whether the watched members must have some of these.
 * @param accounts that are watched.
 * @param sequence of the last command.
 */
public record Expectation(
    Totals totals,
    long releasedFen,
    boolean someoneHasCoupons,
    List<Balances> accounts,
    long sequence) {
  /**
   * Asks for the trial balance and the accounts and checks them: every asset sums to zero, the
   * sequence, totals and balances are those expected.
   *
   * @throws WrongResultException naming the first that differs.
   */
  public void verify(LoadTarget target) {
    final BooksCheck books = new BooksCheck(totals, releasedFen, sequence);
    target.run(ControlMessages.trialBalanceQuery(), 0, 1, books, new Timeline());
    WrongResultException.require("trial balances", 1, books.count());
    final long[] watched = accounts.stream().mapToLong(Balances::account).toArray();
    final AccountsCheck check = new AccountsCheck(accounts);
    target.run(ControlMessages.accountQueries(watched), 0, watched.length, check, new Timeline());
    WrongResultException.require("accounts", watched.length, check.count());
    if (someoneHasCoupons && totals.couponsFen() + check.couponsFen() <= 0) {
      throw new WrongResultException(releasedFen + " fen released, and nobody got any of it");
    }
  }
}
