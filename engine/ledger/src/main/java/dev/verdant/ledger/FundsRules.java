package dev.verdant.ledger;

import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.IssueDecoder;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.PayoutDecoder;
import dev.verdant.protocol.codec.RedeemCoinsDecoder;
import dev.verdant.protocol.codec.ReleaseReserveDecoder;
import dev.verdant.protocol.codec.SettleChannelDecoder;
import dev.verdant.protocol.codec.Status;

/**
 * The other transactions (rulebook section 8). Order of checks: id, duplicate, amount, account,
 * kind, status, then the rest as written there.
 */
final class FundsRules {
  private final LedgerState state;
  private final Lookahead lookahead;
  private final ExactlyOnce exactlyOnce;
  private final PointIssuer points;

  /** Slot of the command's account, 0 where it is not there or the command has none. */
  int account;

  FundsRules(LedgerState state, Lookahead lookahead, ExactlyOnce exactlyOnce, PointIssuer points) {
    this.state = state;
    this.lookahead = lookahead;
    this.exactlyOnce = exactlyOnce;
    this.points = points;
  }

  Status apply(IssueDecoder issue) {
    account = state.accounts.find(issue.account(), lookahead.account());
    final long poolAndPlan = ((long) issue.pool() << 32) | (issue.plan() & 0xFFFF_FFFFL);
    exactlyOnce.content.set(
        TransactionKind.ISSUE, issue.points(), issue.account(), poolAndPlan, issue.reason(), 0);
    Status status = exactlyOnce.check(issue.idLow(), issue.idHigh());
    if (status == Status.OK) {
      status = issueNew(issue);
      exactlyOnce.remember(issue.idLow(), issue.idHigh(), status);
    }
    return status;
  }

  private Status issueNew(IssueDecoder issue) {
    final long amount = issue.points();
    final Status status = checkAmountAndAccount(amount);
    if (status != Status.OK) {
      return status;
    }
    final long a = state.accounts.read(account);
    if (!Accounts.isConsumer(a) && !Accounts.isMerchant(a)) {
      return Status.WRONG_KIND;
    }
    if (!Accounts.isActive(a)) {
      return Status.ACCOUNT_NOT_ACTIVE;
    }
    final int pool = issue.pool() == IssueDecoder.poolNullValue() ? Accounts.pool(a) : issue.pool();
    final int plan = issue.plan() == IssueDecoder.planNullValue() ? Accounts.plan(a) : issue.plan();
    if (state.pool(pool) == null) {
      return Status.POOL_NOT_FOUND;
    }
    if (!state.hasPlan(plan)) {
      return Status.PLAN_NOT_FOUND;
    }
    if (state.books.issueOverflow(Books.POINTS_ISSUED, amount) < 0) {
      return Status.OVERFLOW;
    }
    points.issue(state.accounts.write(account), pool, plan, amount);
    points.post(amount);
    return Status.OK;
  }

  Status apply(RedeemCoinsDecoder redeem) {
    account = state.accounts.find(redeem.account(), lookahead.account());
    exactlyOnce.content.set(
        TransactionKind.REDEEM_COINS, redeem.coins(), redeem.account(), 0, 0, 0);
    Status status = exactlyOnce.check(redeem.idLow(), redeem.idHigh());
    if (status == Status.OK) {
      status = redeemNew(redeem.coins());
      exactlyOnce.remember(redeem.idLow(), redeem.idHigh(), status);
    }
    return status;
  }

  private Status redeemNew(long coins) {
    final Status status = checkAmountAndAccount(coins);
    if (status != Status.OK) {
      return status;
    }
    final long a = state.accounts.read(account);
    if (!Accounts.isConsumer(a)) {
      return Status.WRONG_KIND;
    }
    if (!Accounts.isActive(a)) {
      return Status.ACCOUNT_NOT_ACTIVE;
    }
    if (Accounts.coin(a) < coins) {
      return Status.INSUFFICIENT_COINS;
    }
    if ((state.books.overflow(Books.COIN_REDEEMED, coins)
            | state.books.overflow(Books.COIN_HELD, -coins))
        < 0) {
      return Status.OVERFLOW;
    }
    Accounts.coin(state.accounts.write(account), Accounts.coin(a) - coins);
    state.books.post(Books.COIN_HELD, -coins);
    state.books.post(Books.COIN_REDEEMED, coins);
    return Status.OK;
  }

  Status apply(PayoutDecoder payout) {
    account = state.accounts.find(payout.account(), lookahead.account());
    exactlyOnce.content.set(
        TransactionKind.PAYOUT, payout.amount(), payout.account(), payout.balance().value(), 0, 0);
    Status status = exactlyOnce.check(payout.idLow(), payout.idHigh());
    if (status == Status.OK) {
      status = payOutNew(payout.amount(), payout.balance() == PayoutBalance.PAYABLE);
      exactlyOnce.remember(payout.idLow(), payout.idHigh(), status);
    }
    return status;
  }

  /** Any kind of account may be named; one without such a balance has no funds. */
  private Status payOutNew(long amount, boolean fromPayable) {
    final Status status = checkAmountAndAccount(amount);
    if (status != Status.OK) {
      return status;
    }
    final long a = state.accounts.read(account);
    if (Accounts.status(a) == Accounts.FROZEN) {
      return Status.ACCOUNT_NOT_ACTIVE;
    }
    final long funds = fromPayable ? Accounts.payable(a) : Accounts.commission(a);
    if (funds < amount) {
      return Status.INSUFFICIENT_FUNDS;
    }
    final int book = fromPayable ? Books.MERCHANT_PAYABLE : Books.COMMISSION_PAYABLE;
    if ((state.books.overflow(Books.CUSTODY, -amount) | state.books.overflow(book, amount)) < 0) {
      return Status.OVERFLOW;
    }
    final long w = state.accounts.write(account);
    if (fromPayable) {
      Accounts.payable(w, funds - amount);
    } else {
      Accounts.commission(w, funds - amount);
    }
    state.books.post(book, amount);
    state.books.post(Books.CUSTODY, -amount);
    return Status.OK;
  }

  Status apply(ReleaseReserveDecoder release) {
    account = state.accounts.find(release.account(), lookahead.account());
    exactlyOnce.content.set(
        TransactionKind.RELEASE_RESERVE, release.amount(), release.account(), 0, 0, 0);
    Status status = exactlyOnce.check(release.idLow(), release.idHigh());
    if (status == Status.OK) {
      status = releaseNew(release.amount());
      exactlyOnce.remember(release.idLow(), release.idHigh(), status);
    }
    return status;
  }

  private Status releaseNew(long amount) {
    final Status status = checkAmountAndAccount(amount);
    if (status != Status.OK) {
      return status;
    }
    final long a = state.accounts.read(account);
    if (!Accounts.isMerchant(a)) {
      return Status.WRONG_KIND;
    }
    if (Accounts.reserve(a) < amount) {
      return Status.INSUFFICIENT_FUNDS;
    }
    if ((Books.overflow(Accounts.payable(a), amount)
            | state.books.overflow(Books.MERCHANT_PAYABLE, -amount)
            | state.books.overflow(Books.MERCHANT_RESERVE, amount))
        < 0) {
      return Status.OVERFLOW;
    }
    final long w = state.accounts.write(account);
    Accounts.reserve(w, Accounts.reserve(w) - amount);
    Accounts.payable(w, Accounts.payable(w) + amount);
    state.books.post(Books.MERCHANT_RESERVE, amount);
    state.books.post(Books.MERCHANT_PAYABLE, -amount);
    return Status.OK;
  }

  Status apply(SettleChannelDecoder settle) {
    account = 0;
    exactlyOnce.content.set(
        TransactionKind.SETTLE_CHANNEL, settle.amount(), 0, 0, 0, settle.channel());
    Status status = exactlyOnce.check(settle.idLow(), settle.idHigh());
    if (status == Status.OK) {
      status = settleNew(settle.amount(), settle.channel());
      exactlyOnce.remember(settle.idLow(), settle.idHigh(), status);
    }
    return status;
  }

  private Status settleNew(long amount, int channel) {
    if (isInvalid(amount)) {
      return Status.INVALID_AMOUNT;
    }
    if (state.program.channel(channel) == null) {
      return Status.CHANNEL_NOT_FOUND;
    }
    if ((state.books.overflow(Books.CHANNEL_CLEARING, -amount)
            | state.books.overflow(Books.CUSTODY, amount))
        < 0) {
      return Status.OVERFLOW;
    }
    state.books.post(Books.CHANNEL_CLEARING, -amount);
    state.books.post(Books.CUSTODY, amount);
    return Status.OK;
  }

  private Status checkAmountAndAccount(long amount) {
    if (isInvalid(amount)) {
      return Status.INVALID_AMOUNT;
    }
    return account == 0 ? Status.ACCOUNT_NOT_FOUND : Status.OK;
  }

  private static boolean isInvalid(long amount) {
    return amount < 1 || amount > Limits.MAX_AMOUNT;
  }
}
