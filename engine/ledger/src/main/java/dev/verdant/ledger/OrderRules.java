package dev.verdant.ledger;

import dev.verdant.ledger.message.OrderMessage;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.Status;

/** Orders (rulebook section 4). A flyweight: the order at hand is in the fields. */
final class OrderRules {
  private final LedgerState state;
  private final Lookahead lookahead;
  private final ExactlyOnce exactlyOnce;
  private final CatchUp catchUp;
  private final PointIssuer points;
  private final OrderParts parts = new OrderParts();

  private long amount;
  private long coupon;
  private int channel;

  private int buyer;
  private int merchant;

  /** The merchant's quota of the channel, 0 where there is none yet. */
  private int quota;

  /** The merchant's agents and the buyer's referrer, 0 for those that earn nothing. */
  private int marketer;

  private int district;
  private int provincial;
  private int referrer;

  /** The cohorts that points were issued into, 0 where there were none. */
  private int buyerCohort;

  private int merchantCohort;
  private int referrerCohort;

  /** Addresses of the parties for reading, 0 where an account is not there. */
  long b;

  long m;

  OrderRules(
      LedgerState state,
      Lookahead lookahead,
      ExactlyOnce exactlyOnce,
      CatchUp catchUp,
      PointIssuer points) {
    this.state = state;
    this.lookahead = lookahead;
    this.exactlyOnce = exactlyOnce;
    this.catchUp = catchUp;
    this.points = points;
  }

  /** Applies an {@link OrderMessage}. */
  Status apply(long order) {
    amount = OrderMessage.amount(order);
    coupon = OrderMessage.coupon(order);
    channel = OrderMessage.channel(order);
    final long idLow = OrderMessage.idLow(order);
    final long idHigh = OrderMessage.idHigh(order);
    final long buyerId = OrderMessage.buyer(order);
    final long merchantId = OrderMessage.merchant(order);
    exactlyOnce.content.set(TransactionKind.ORDER, amount, coupon, buyerId, merchantId, channel);
    // Looked up first: what it reads arrives while the accounts are found and catch up.
    final Status known = exactlyOnce.check(idLow, idHigh);
    buyer = state.accounts.find(buyerId, lookahead.buyer());
    b = buyer == 0 ? 0 : catchUp.bring(buyer, state.accounts.found());
    merchant = state.accounts.find(merchantId, lookahead.merchant());
    m = state.accounts.found();
    if (known != Status.OK) {
      return known;
    }
    final Status status = check();
    if (status != Status.OK) {
      exactlyOnce.remember(idLow, idHigh, status);
      return status;
    }
    return place(idLow, idHigh);
  }

  private Status check() {
    if (amount < 1 || amount > Limits.MAX_AMOUNT || coupon < 0 || coupon > amount) {
      return Status.INVALID_AMOUNT;
    }
    if (buyer == 0) {
      return Status.ACCOUNT_NOT_FOUND;
    }
    if (!Accounts.isConsumer(b) && !Accounts.isMerchant(b)) {
      return Status.WRONG_KIND;
    }
    if (merchant == 0) {
      return Status.ACCOUNT_NOT_FOUND;
    }
    if (!Accounts.isMerchant(m)) {
      return Status.WRONG_KIND;
    }
    if (buyer == merchant) {
      return Status.SELF_REFERENCE;
    }
    if (!Accounts.isActive(b) || !Accounts.isActive(m)) {
      return Status.ACCOUNT_NOT_ACTIVE;
    }
    final Program.Channel terms = state.program.channel(channel);
    if (terms == null) {
      return Status.CHANNEL_NOT_FOUND;
    }
    if (coupon > 0) {
      if (coupon > FixedPoint.share(amount, state.program.maxCouponBps)) {
        return Status.COUPON_SHARE_EXCEEDED;
      }
      if (Accounts.coupon(b) < coupon) {
        return Status.INSUFFICIENT_COUPONS;
      }
    }
    quota = state.quotas.find(Accounts.quotas(m), channel);
    // The limit is not negative and the cash at most 10^15, so the difference does not overflow.
    if (terms.merchantDailyLimit() != 0
        && state.quotas.cashOf(quota, state.day) > terms.merchantDailyLimit() - (amount - coupon)) {
      return Status.CHANNEL_QUOTA_EXCEEDED;
    }
    return Status.OK;
  }

  /**
   * Computes all parts, refuses what would overflow, then posts. In steps of a method each: a
   * compiler that has had enough of the first ones then compiles a later one by itself, and not
   * each of the small ones that it is made of.
   */
  private Status place(long idLow, long idHigh) {
    findEarners();
    computeParts();
    final long moves = amount + parts.points() + parts.coins + parts.referrerCoupons;
    if (!state.books.hasRoomFor(moves) && overflow() < 0) {
      exactlyOnce.remember(idLow, idHigh, Status.OVERFLOW);
      return Status.OVERFLOW;
    }
    state.books.postOrder(amount, parts, moves);
    state.consumption += amount;
    state.accounts.beforeChange(buyer);
    state.accounts.beforeChange(merchant);
    postBuyer();
    postMerchant();
    postAgents();
    postPoints();
    catchUp.creditAfterOrder(b);
    record(state.transactions.add(idLow, idHigh, state.day, TransactionKind.ORDER, Status.OK));
    return Status.OK;
  }

  private void findEarners() {
    marketer = earning(Accounts.marketer(m));
    district = earning(Accounts.district(m));
    provincial = earning(Accounts.provincial(m));
    referrer = rewarded();
  }

  private void computeParts() {
    final Program.OrderTerms terms = state.currentOrderTerms();
    parts.compute(amount, coupon, Accounts.rateBps(m), terms, Accounts.isConsumer(b));
    parts.commissions(terms, marketer != 0, district != 0, provincial != 0);
    parts.reward(
        terms, referrer != 0, referrer != 0 && Accounts.isMerchant(state.accounts.read(referrer)));
  }

  /** An agent earns where it is set and active. */
  private int earning(int agent) {
    return agent != 0 && Accounts.isActive(state.accounts.read(agent)) ? agent : 0;
  }

  /** The buyer's referrer where it is set, active and the policy says so. */
  private int rewarded() {
    final ReferralPolicy policy = state.program.referralPolicy;
    if (policy == ReferralPolicy.NONE
        || (policy == ReferralPolicy.FIRST_ORDER && Accounts.hasOrdered(b))) {
      return 0;
    }
    return earning(Accounts.referrer(b));
  }

  /** Negative if any sum would leave 64 bits. */
  private long overflow() {
    return state.books.orderOverflow(amount, parts)
        | state.books.issueOverflow(Books.POINTS_ISSUED, parts.points())
        | Books.overflow(Accounts.payable(m), parts.payable)
        | Books.overflow(Accounts.reserve(m), parts.reserve(amount))
        | Books.overflow(Accounts.turnover(m), amount)
        | Books.overflow(Accounts.turnover(b), amount)
        | Books.overflow(Accounts.monthConsumption(b), amount)
        | Books.overflow(Accounts.coin(b), parts.coins)
        | Books.overflow(state.consumption, amount)
        | Books.overflow(state.quotas.cashOf(quota, state.day), amount - coupon)
        | agentOverflow(marketer, parts.marketer)
        | agentOverflow(district, parts.district)
        | agentOverflow(provincial, parts.provincial);
  }

  private long agentOverflow(int agent, long commission) {
    if (agent == 0) {
      return 0;
    }
    final long a = state.accounts.read(agent);
    return Books.overflow(Accounts.commission(a), commission)
        | Books.overflow(Accounts.turnover(a), amount);
  }

  private void postBuyer() {
    Accounts.coupon(b, Accounts.coupon(b) - coupon);
    Accounts.coin(b, Accounts.coin(b) + parts.coins);
    Accounts.monthConsumption(b, Accounts.monthConsumption(b) + amount);
    Accounts.turnover(b, Accounts.turnover(b) + amount);
    Accounts.setHasOrdered(b);
  }

  private void postMerchant() {
    Accounts.payable(m, Accounts.payable(m) + parts.payable);
    Accounts.reserve(m, Accounts.reserve(m) + parts.reserve(amount));
    Accounts.turnover(m, Accounts.turnover(m) + amount);
    final Quotas quotas = state.quotas;
    if (quota == 0) {
      quota = quotas.add(channel, Accounts.quotas(m));
      Accounts.quotas(m, quota);
    }
    quotas.addCash(quota, state.day, amount - coupon);
  }

  private void earn(int agent, long commission) {
    if (agent != 0) {
      final long a = state.accounts.write(agent);
      Accounts.commission(a, Accounts.commission(a) + commission);
      Accounts.turnover(a, Accounts.turnover(a) + amount);
    }
  }

  private void postAgents() {
    earn(marketer, parts.marketer);
    earn(district, parts.district);
    earn(provincial, parts.provincial);
  }

  private void postPoints() {
    buyerCohort = points.issue(b, parts.buyerPoints);
    merchantCohort = points.issue(m, parts.merchantPoints);
    referrerCohort = referrer == 0 ? 0 : postReferrer(state.accounts.write(referrer));
    points.post(parts.points());
  }

  /** Returns the cohort of the referrer's points, 0 where it gets none. */
  private int postReferrer(long r) {
    Accounts.coupon(r, Accounts.coupon(r) + parts.referrerCoupons);
    return points.issue(r, parts.referrerPoints);
  }

  /** Fills the record of the order in. */
  private void record(long record) {
    Transactions.amount(record, amount);
    Transactions.coupon(record, coupon);
    Transactions.refunded(record, 0);
    Transactions.parties(record, buyer, merchant);
    Transactions.earners(record, marketer, district, provincial, referrer);
    Transactions.cohorts(record, buyerCohort, merchantCohort, referrerCohort);
    Transactions.terms(record, state.currentTerms, Accounts.rateBps(m));
    Transactions.channel(record, channel);
  }
}
