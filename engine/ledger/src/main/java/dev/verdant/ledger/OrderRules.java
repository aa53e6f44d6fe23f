package dev.verdant.ledger;

import dev.verdant.protocol.Limits;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.Status;

/** Orders (rulebook section 4). A flyweight: the order at hand is in the fields. */
final class OrderRules {
  private final LedgerState state;
  private final ExactlyOnce exactlyOnce;
  private final CatchUp catchUp;
  private final PointIssuer points;

  private long amount;
  private long coupon;
  private int channel;

  /** Slots of the parties, 0 where an account is not there. */
  int buyer;

  int merchant;

  OrderRules(LedgerState state, ExactlyOnce exactlyOnce, CatchUp catchUp, PointIssuer points) {
    this.state = state;
    this.exactlyOnce = exactlyOnce;
    this.catchUp = catchUp;
    this.points = points;
  }

  Status apply(OrderDecoder order) {
    amount = order.amount();
    coupon = order.coupon();
    channel = order.channel();
    final long idLow = order.idLow();
    final long idHigh = order.idHigh();
    exactlyOnce.content.set(
        TransactionKind.ORDER, amount, coupon, order.buyer(), order.merchant(), channel);
    buyer = state.accounts.find(order.buyer());
    merchant = state.accounts.find(order.merchant());
    if (buyer != 0) {
      catchUp.bring(buyer);
    }
    final Status known = exactlyOnce.check(idLow, idHigh);
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
    final long b = state.accounts.read(buyer);
    if (!Accounts.isConsumer(b) && !Accounts.isMerchant(b)) {
      return Status.WRONG_KIND;
    }
    if (merchant == 0) {
      return Status.ACCOUNT_NOT_FOUND;
    }
    final long m = state.accounts.read(merchant);
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
    // The limit is not negative and the cash at most 10^15, so the difference does not overflow.
    if (terms.merchantDailyLimit() != 0
        && cashOfDay(m) > terms.merchantDailyLimit() - (amount - coupon)) {
      return Status.CHANNEL_QUOTA_EXCEEDED;
    }
    return Status.OK;
  }

  private long cashOfDay(long m) {
    return state.quotas.cashOf(state.quotas.find(Accounts.quotas(m), channel), state.day);
  }

  /** Computes all parts, refuses what would overflow, then posts. */
  private Status place(long idLow, long idHigh) {
    final Program program = state.program;
    final Books books = state.books;
    final Accounts accounts = state.accounts;
    final long b = accounts.write(buyer);
    final long m = accounts.write(merchant);
    final int rateBps = Accounts.rateBps(m);
    final long concession = FixedPoint.share(amount, rateBps);
    final long incentive = FixedPoint.share(concession, program.incentiveShareBps);
    final long proceeds = amount - concession;
    final long payable = FixedPoint.share(proceeds, program.merchantPayableBps);
    final long reserve = proceeds - payable;
    final int marketer = earning(Accounts.marketer(m));
    final int district = earning(Accounts.district(m));
    final int provincial = earning(Accounts.provincial(m));
    final long marketerPart = part(marketer, concession, program.marketerBps);
    final long districtPart = part(district, concession, program.districtBps);
    final long provincialPart = part(provincial, concession, program.provincialBps);
    final long commissions = marketerPart + districtPart + provincialPart;
    final long cash = amount - coupon;
    final long fund = incentive - commissions - coupon;
    final long revenue = concession - incentive;
    final long coins = Accounts.isConsumer(b) ? FixedPoint.share(concession, program.coinBps) : 0;
    final long buyerPoints = FixedPoint.share(concession, program.buyerPointsBps);
    final long merchantPoints = FixedPoint.share(concession, program.merchantPointsBps);
    final int referrer = rewarded(b);
    final long reward = part(referrer, buyerPoints, program.referralBps);
    final boolean rewardInCoupons = referrer != 0 && Accounts.isMerchant(accounts.read(referrer));
    final long rewardPoints = rewardInCoupons ? 0 : reward;
    final long rewardCoupons = rewardInCoupons ? reward : 0;
    final int quota = state.quotas.find(Accounts.quotas(m), channel);
    final long cashBefore = state.quotas.cashOf(quota, state.day);

    final long overflow =
        books.overflow(Books.CHANNEL_CLEARING, cash)
            | books.overflow(Books.MERCHANT_PAYABLE, -payable)
            | books.overflow(Books.MERCHANT_RESERVE, -reserve)
            | books.overflow(Books.COMMISSION_PAYABLE, -commissions)
            | books.overflow(Books.INCENTIVE_FUND, -fund)
            | books.overflow(Books.PLATFORM_REVENUE, -revenue)
            | books.issueOverflow(Books.POINTS_ISSUED, buyerPoints + merchantPoints + rewardPoints)
            | books.issueOverflow(Books.COIN_ISSUED, coins)
            | Books.overflow(books.couponsEverIssued, rewardCoupons)
            | Books.overflow(Accounts.payable(m), payable)
            | Books.overflow(Accounts.reserve(m), reserve)
            | Books.overflow(Accounts.turnover(m), amount)
            | Books.overflow(Accounts.turnover(b), amount)
            | Books.overflow(Accounts.monthConsumption(b), amount)
            | Books.overflow(Accounts.coin(b), coins)
            | Books.overflow(state.consumption, amount)
            | Books.overflow(cashBefore, cash)
            | agentOverflow(marketer, marketerPart)
            | agentOverflow(district, districtPart)
            | agentOverflow(provincial, provincialPart);
    if (overflow < 0) {
      exactlyOnce.remember(idLow, idHigh, Status.OVERFLOW);
      return Status.OVERFLOW;
    }

    books.post(Books.CHANNEL_CLEARING, cash);
    books.post(Books.MERCHANT_PAYABLE, -payable);
    books.post(Books.MERCHANT_RESERVE, -reserve);
    books.post(Books.COMMISSION_PAYABLE, -commissions);
    books.post(Books.INCENTIVE_FUND, -fund);
    books.post(Books.PLATFORM_REVENUE, -revenue);
    books.post(Books.COUPON_HELD, rewardCoupons - coupon);
    books.post(Books.COUPON_REDEEMED, coupon);
    books.post(Books.COUPON_ISSUED, -rewardCoupons);
    books.couponsEverIssued += rewardCoupons;
    books.post(Books.COIN_ISSUED, -coins);
    books.post(Books.COIN_HELD, coins);

    Accounts.coupon(b, Accounts.coupon(b) - coupon);
    Accounts.coin(b, Accounts.coin(b) + coins);
    Accounts.monthConsumption(b, Accounts.monthConsumption(b) + amount);
    Accounts.turnover(b, Accounts.turnover(b) + amount);
    Accounts.setHasOrdered(b);
    Accounts.payable(m, Accounts.payable(m) + payable);
    Accounts.reserve(m, Accounts.reserve(m) + reserve);
    Accounts.turnover(m, Accounts.turnover(m) + amount);
    earn(marketer, marketerPart);
    earn(district, districtPart);
    earn(provincial, provincialPart);
    state.consumption += amount;
    countCash(m, quota, cashBefore + cash);

    final int buyerCohort = points.issue(buyer, Accounts.pool(b), Accounts.plan(b), buyerPoints);
    final int merchantCohort =
        points.issue(merchant, Accounts.pool(m), Accounts.plan(m), merchantPoints);
    int referrerCohort = 0;
    if (reward != 0) {
      final long r = accounts.write(referrer);
      Accounts.coupon(r, Accounts.coupon(r) + rewardCoupons);
      referrerCohort = points.issue(referrer, Accounts.pool(r), Accounts.plan(r), rewardPoints);
    }
    catchUp.creditAfterOrder(b);

    final long record =
        state.transactions.add(idLow, idHigh, state.day, TransactionKind.ORDER, Status.OK);
    Transactions.amount(record, amount);
    Transactions.coupon(record, coupon);
    Transactions.refunded(record, 0);
    Transactions.parties(record, buyer, merchant);
    Transactions.earners(record, marketer, district, provincial, referrer);
    Transactions.cohorts(record, buyerCohort, merchantCohort, referrerCohort);
    Transactions.terms(record, state.currentTerms, rateBps);
    Transactions.channel(record, channel);
    return Status.OK;
  }

  /** An agent earns where it is set and active. */
  private int earning(int agent) {
    return agent != 0 && Accounts.isActive(state.accounts.read(agent)) ? agent : 0;
  }

  /** The buyer's referrer where it is set, active and the policy says so. */
  private int rewarded(long b) {
    final ReferralPolicy policy = state.program.referralPolicy;
    if (policy == ReferralPolicy.NONE
        || (policy == ReferralPolicy.FIRST_ORDER && Accounts.hasOrdered(b))) {
      return 0;
    }
    return earning(Accounts.referrer(b));
  }

  private static long part(int earner, long amount, int bps) {
    return earner == 0 ? 0 : FixedPoint.share(amount, bps);
  }

  private long agentOverflow(int agent, long commission) {
    if (agent == 0) {
      return 0;
    }
    final long a = state.accounts.read(agent);
    return Books.overflow(Accounts.commission(a), commission)
        | Books.overflow(Accounts.turnover(a), amount);
  }

  private void earn(int agent, long commission) {
    if (agent != 0) {
      final long a = state.accounts.write(agent);
      Accounts.commission(a, Accounts.commission(a) + commission);
      Accounts.turnover(a, Accounts.turnover(a) + amount);
    }
  }

  private void countCash(long m, int quota, long cash) {
    int slot = quota;
    if (slot == 0) {
      slot = state.quotas.add(channel, Accounts.quotas(m));
      Accounts.quotas(m, slot);
    }
    state.quotas.setCash(slot, state.day, cash);
  }
}
