package dev.verdant.ledger;

import dev.verdant.ledger.message.RefundMessage;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.Status;

/** Refunds (rulebook section 5). A flyweight: the refund at hand is in the fields. */
final class RefundRules {
  private final LedgerState state;
  private final ExactlyOnce exactlyOnce;
  private final CatchUp catchUp;
  private final PointIssuer points;
  private final OrderParts parts = new OrderParts();

  /** What the order's parts fall by. */
  private final OrderParts falls = new OrderParts();

  private long amount;
  private int order;

  private int buyer;
  private int merchant;

  /** Addresses of the order's parties for reading, 0 where the order is not there. */
  long b;

  long m;

  RefundRules(LedgerState state, ExactlyOnce exactlyOnce, CatchUp catchUp, PointIssuer points) {
    this.state = state;
    this.exactlyOnce = exactlyOnce;
    this.catchUp = catchUp;
    this.points = points;
  }

  /** Applies a {@link RefundMessage}. */
  Status apply(long refund) {
    amount = RefundMessage.amount(refund);
    final long idLow = RefundMessage.idLow(refund);
    final long idHigh = RefundMessage.idHigh(refund);
    final long orderLow = RefundMessage.orderLow(refund);
    final long orderHigh = RefundMessage.orderHigh(refund);
    findOrder(orderLow, orderHigh);
    exactlyOnce.content.set(TransactionKind.REFUND, amount, orderLow, orderHigh, 0, 0);
    final Status known = exactlyOnce.check(idLow, idHigh);
    if (known != Status.OK) {
      return known;
    }
    Status status = check();
    if (status == Status.OK) {
      status = giveBack();
    }
    exactlyOnce.remember(idLow, idHigh, status);
    return status;
  }

  private void findOrder(long low, long high) {
    order = state.transactions.find(low, high);
    b = 0;
    m = 0;
    if (order == 0) {
      return;
    }
    final long record = state.transactions.read(order);
    if (!Transactions.isAcceptedOrder(record)) {
      order = 0;
      return;
    }
    buyer = Transactions.buyer(record);
    merchant = Transactions.merchant(record);
    b = catchUp.bring(buyer);
    m = catchUp.bring(merchant);
  }

  private Status check() {
    if (amount < 1 || amount > Limits.MAX_AMOUNT) {
      return Status.INVALID_AMOUNT;
    }
    if (order == 0) {
      return Status.ORDER_NOT_FOUND;
    }
    final long record = state.transactions.read(order);
    if (amount > Transactions.amount(record) - Transactions.refunded(record)) {
      return Status.REFUND_EXCEEDS_ORDER;
    }
    return Status.OK;
  }

  /** Computes what each part gives back, refuses what would overflow, then posts. */
  private Status giveBack() {
    final long record = state.transactions.write(order);
    final Books books = state.books;
    final Accounts accounts = state.accounts;
    final long total = Transactions.amount(record);
    final long before = Transactions.refunded(record);
    final long after = before + amount;
    accounts.beforeChange(buyer);
    accounts.beforeChange(merchant);
    final int marketer = Transactions.marketer(record);
    final int district = Transactions.district(record);
    final int provincial = Transactions.provincial(record);
    final int referrer = Transactions.referrer(record);
    parts.ofOrder(
        record,
        state.orderTerms.get(Transactions.terms(record)),
        Accounts.isConsumer(b),
        referrer != 0 && Accounts.isMerchant(accounts.read(referrer)));

    falls.ofRefund(parts, before, after, total);
    final long reserve = falls.reserve(amount);

    final long overflow =
        books.refundOverflow(amount, falls)
            | Books.overflow(Accounts.payable(m), -falls.payable)
            | Books.overflow(Accounts.reserve(m), -reserve)
            | Books.overflow(Accounts.turnover(m), -amount)
            | Books.overflow(Accounts.turnover(b), -amount)
            | Books.overflow(Accounts.monthConsumption(b), -amount)
            | Books.overflow(Accounts.coin(b), -falls.coins)
            | Books.overflow(state.consumption, -amount)
            | agentOverflow(marketer, falls.marketer)
            | agentOverflow(district, falls.district)
            | agentOverflow(provincial, falls.provincial);
    if (overflow < 0) {
      return Status.OVERFLOW;
    }

    Transactions.refunded(record, after);
    books.postRefund(amount, falls);
    Accounts.coupon(b, Accounts.coupon(b) + falls.coupon);
    Accounts.coin(b, Accounts.coin(b) - falls.coins);
    Accounts.monthConsumption(b, Accounts.monthConsumption(b) - amount);
    Accounts.turnover(b, Accounts.turnover(b) - amount);
    Accounts.payable(m, Accounts.payable(m) - falls.payable);
    Accounts.reserve(m, Accounts.reserve(m) - reserve);
    Accounts.turnover(m, Accounts.turnover(m) - amount);
    pay(marketer, falls.marketer);
    pay(district, falls.district);
    pay(provincial, falls.provincial);
    state.consumption -= amount;

    takeBack(buyer, Transactions.buyerCohort(record), parts.buyerPoints, before, after, total);
    takeBack(
        merchant, Transactions.merchantCohort(record), parts.merchantPoints, before, after, total);
    if (referrer != 0) {
      catchUp.bring(referrer);
      final long r = accounts.write(referrer);
      Accounts.coupon(r, Accounts.coupon(r) - falls.referrerCoupons);
      takeBack(
          referrer,
          Transactions.referrerCohort(record),
          parts.referrerPoints,
          before,
          after,
          total);
    }
    return Status.OK;
  }

  private void takeBack(int account, int cohort, long part, long before, long after, long total) {
    points.takeBack(
        account,
        cohort,
        FixedPoint.multiplyDivide(part, before, total),
        FixedPoint.multiplyDivide(part, after, total));
  }

  private long agentOverflow(int agent, long commission) {
    if (agent == 0) {
      return 0;
    }
    final long a = state.accounts.read(agent);
    return Books.overflow(Accounts.commission(a), -commission)
        | Books.overflow(Accounts.turnover(a), -amount);
  }

  private void pay(int agent, long commission) {
    if (agent != 0) {
      final long a = state.accounts.write(agent);
      Accounts.commission(a, Accounts.commission(a) - commission);
      Accounts.turnover(a, Accounts.turnover(a) - amount);
    }
  }
}
