package dev.verdant.ledger.model;

import static dev.verdant.ledger.model.Books.CNY;
import static dev.verdant.ledger.model.Books.COIN;

import java.math.BigInteger;

/** The other commands, rulebook section 8. */
final class MoneyRules {
  private final State state;
  private final PointRules points;

  MoneyRules(State state, PointRules points) {
    this.state = state;
    this.points = points;
  }

  void issue(Command.Issue issue) {
    requireAmount(issue.points());
    Account account = state.account(issue.account());
    Refusal.unless(account.kind.isMember(), ModelStatus.WRONG_KIND);
    Refusal.unless(account.isActive(), ModelStatus.ACCOUNT_NOT_ACTIVE);
    int pool = issue.pool() == null ? account.pool : issue.pool();
    int plan = issue.plan() == null ? account.plan : issue.plan();
    Refusal.unless(state.program.pools.containsKey(pool), ModelStatus.POOL_NOT_FOUND);
    Refusal.unless(state.program.plans.containsKey(plan), ModelStatus.PLAN_NOT_FOUND);
    points.issue(account, pool, plan, BigInteger.valueOf(issue.points()));
  }

  void redeemCoins(Command.RedeemCoins redeem) {
    requireAmount(redeem.coins());
    Account account = state.account(redeem.account());
    Refusal.unless(account.kind == Kind.CONSUMER, ModelStatus.WRONG_KIND);
    Refusal.unless(account.isActive(), ModelStatus.ACCOUNT_NOT_ACTIVE);
    BigInteger coins = BigInteger.valueOf(redeem.coins());
    take(account.coin, coins, ModelStatus.INSUFFICIENT_COINS);
    state.books.post(COIN, "REDEEMED", coins);
    state.books.post(COIN, "HELD", coins.negate());
  }

  void payout(Command.Payout payout) {
    requireAmount(payout.amount());
    Account account = state.account(payout.account());
    boolean isPayable = payout.balance() == Balance.PAYABLE;
    Refusal.unless(account.status != AccountState.FROZEN, ModelStatus.ACCOUNT_NOT_ACTIVE);
    BigInteger amount = BigInteger.valueOf(payout.amount());
    take(isPayable ? account.payable : account.commission, amount, ModelStatus.INSUFFICIENT_FUNDS);
    state.books.post(CNY, isPayable ? "MERCHANT_PAYABLE" : "COMMISSION_PAYABLE", amount);
    state.books.post(CNY, "CUSTODY", amount.negate());
  }

  void releaseReserve(Command.ReleaseReserve release) {
    requireAmount(release.amount());
    Account account = state.account(release.account());
    Refusal.unless(account.kind == Kind.MERCHANT, ModelStatus.WRONG_KIND);
    BigInteger amount = BigInteger.valueOf(release.amount());
    take(account.reserve, amount, ModelStatus.INSUFFICIENT_FUNDS);
    account.payable.add(amount, state.changes);
    state.books.post(CNY, "MERCHANT_RESERVE", amount);
    state.books.post(CNY, "MERCHANT_PAYABLE", amount.negate());
  }

  void settleChannel(Command.SettleChannel settle) {
    requireAmount(settle.amount());
    Refusal.unless(
        state.program.channels.containsKey(settle.channel()), ModelStatus.CHANNEL_NOT_FOUND);
    BigInteger amount = BigInteger.valueOf(settle.amount());
    state.books.post(CNY, "CHANNEL_CLEARING", amount.negate());
    state.books.post(CNY, "CUSTODY", amount);
  }

  private static void requireAmount(long amount) {
    Refusal.unless(Amounts.isValid(amount), ModelStatus.INVALID_AMOUNT);
  }

  private void take(Cell balance, BigInteger amount, ModelStatus whenShort) {
    Refusal.unless(balance.value().compareTo(amount) >= 0, whenShort);
    balance.subtract(amount, state.changes);
  }
}
