package dev.verdant.ledger;

import dev.verdant.ledger.view.AccountView;
import dev.verdant.ledger.view.BookView;
import dev.verdant.ledger.view.CohortView;
import dev.verdant.ledger.view.DigestView;
import dev.verdant.ledger.view.OrderView;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import java.util.ArrayList;
import java.util.List;

/** Makes values of what stands in a state. One thread. */
final class Views {
  private final LedgerState state;
  private final CatchUp catchUp;
  private final TrialBalance trialBalance;
  private final StateDigest digest;

  Views(LedgerState state, CatchUp catchUp) {
    this.state = state;
    this.catchUp = catchUp;
    trialBalance = new TrialBalance(state, catchUp);
    digest = new StateDigest(state, catchUp, trialBalance);
  }

  AccountView account(int slot) {
    final long a = state.accounts.read(slot);
    catchUp.project(a);
    return new AccountView(
        Accounts.id(a),
        AccountKind.get((short) Accounts.kind(a)),
        AccountStatus.get((short) Accounts.status(a)),
        catchUp.coupon,
        catchUp.pending,
        Accounts.coin(a),
        state.lots.heldPoints(Accounts.lots(a), state.cohorts),
        Accounts.payable(a),
        Accounts.reserve(a),
        Accounts.commission(a),
        catchUp.monthConsumption,
        catchUp.monthCredited,
        Accounts.turnover(a));
  }

  /** Of the slot of an accepted order. */
  OrderView order(int slot) {
    final long record = state.transactions.read(slot);
    return new OrderView(
        state.accounts.idOf(Transactions.buyer(record)),
        state.accounts.idOf(Transactions.merchant(record)),
        Transactions.amount(record),
        Transactions.coupon(record),
        Transactions.refunded(record),
        Transactions.channel(record),
        Transactions.day(record),
        Transactions.rateBps(record));
  }

  CohortView cohort(int number) {
    final Cohort cohort = state.cohorts.at(number);
    return new CohortView(
        cohort.pool,
        cohort.plan,
        cohort.entry,
        cohort.releases,
        cohort.hasExited(),
        cohort.points,
        cohort.liability,
        cohort.due,
        cohort.paid(),
        cohort.baseValue);
  }

  List<BookView> trialBalance() {
    trialBalance.compute();
    final List<BookView> books = new ArrayList<>();
    for (int account = 0; account < Books.ACCOUNTS; account++) {
      if (trialBalance.isShown(account)) {
        books.add(
            new BookView(Books.asset(account), Books.name(account), trialBalance.amount(account)));
      }
    }
    return books;
  }

  DigestView digest() {
    digest.compute();
    return new DigestView(digest.high, digest.low);
  }
}
