package dev.verdant.ledger.model;

import static dev.verdant.ledger.model.Books.CNY;
import static dev.verdant.ledger.model.Books.COIN;
import static dev.verdant.ledger.model.Books.COUPON;

import dev.verdant.ledger.model.OrderRecord.Commission;
import java.math.BigInteger;
import java.util.List;

/** An order, rulebook section 4. */
final class OrderRules {
  private final State state;
  private final PointRules points;

  OrderRules(State state, PointRules points) {
    this.state = state;
    this.points = points;
  }

  OrderRecord apply(Command.Order order) {
    Refusal.unless(Amounts.isValid(order.amount()), ModelStatus.INVALID_AMOUNT);
    Refusal.unless(order.coupon() >= 0, ModelStatus.INVALID_AMOUNT);
    Refusal.unless(order.coupon() <= order.amount(), ModelStatus.INVALID_AMOUNT);
    Account buyer = state.account(order.buyer());
    Refusal.unless(buyer.kind.isMember(), ModelStatus.WRONG_KIND);
    Account merchant = state.account(order.merchant());
    Refusal.unless(merchant.kind == Kind.MERCHANT, ModelStatus.WRONG_KIND);
    Refusal.unless(buyer != merchant, ModelStatus.SELF_REFERENCE);
    Refusal.unless(buyer.isActive() && merchant.isActive(), ModelStatus.ACCOUNT_NOT_ACTIVE);
    Refusal.unless(
        state.program.channels.containsKey(order.channel()), ModelStatus.CHANNEL_NOT_FOUND);
    BigInteger amount = BigInteger.valueOf(order.amount());
    BigInteger coupon = BigInteger.valueOf(order.coupon());
    Refusal.unless(
        coupon.compareTo(state.share(amount, "max_coupon_bps")) <= 0,
        ModelStatus.COUPON_SHARE_EXCEEDED);
    Refusal.unless(
        coupon.signum() == 0 || buyer.coupon.value().compareTo(coupon) >= 0,
        ModelStatus.INSUFFICIENT_COUPONS);
    takeQuota(order, amount.subtract(coupon));

    OrderRecord record = new OrderRecord(buyer, merchant, amount);
    record.coupon = coupon;
    settle(record);
    rewardBuyer(record);
    rewardMerchant(record);
    rewardReferrer(record);
    noteFirstOrder(buyer);
    buyer.turnover.add(amount, state.changes);
    merchant.turnover.add(amount, state.changes);
    state.consumptionOf(state.today()).add(amount, state.changes);
    BigInteger couponBefore = buyer.coupon.value();
    state.credit(buyer);
    if (buyer.coupon.value().compareTo(couponBefore) > 0) {
      state.count(Event.CREDIT_BY_ORDER);
    }
    return record;
  }

  private void noteFirstOrder(Account buyer) {
    boolean before = buyer.hasOrdered;
    state.changes.note(() -> buyer.hasOrdered = before);
    buyer.hasOrdered = true;
  }

  private void takeQuota(Command.Order order, BigInteger cash) {
    List<Object> key = List.of(order.merchant(), order.channel(), state.today());
    BigInteger before = state.channelCash.getOrDefault(key, BigInteger.ZERO);
    BigInteger after = before.add(cash);
    long limit = state.program.channels.get(order.channel()).merchantDailyLimit();
    Refusal.unless(
        limit == 0 || after.compareTo(BigInteger.valueOf(limit)) <= 0,
        ModelStatus.CHANNEL_QUOTA_EXCEEDED);
    state.changes.note(() -> state.channelCash.put(key, before));
    state.channelCash.put(key, after);
  }

  private void settle(OrderRecord record) {
    Account merchant = record.merchant;
    BigInteger amount = record.amount;
    record.concession = State.bps(amount, merchant.concessionBps);
    record.incentive = state.share(record.concession, "incentive_share_bps");
    BigInteger proceeds = amount.subtract(record.concession);
    record.payable = state.share(proceeds, "merchant_payable_bps");
    BigInteger reserve = proceeds.subtract(record.payable);
    merchant.payable.add(record.payable, state.changes);
    merchant.reserve.add(reserve, state.changes);
    BigInteger commissions =
        earn(record, record.marketer, merchant.marketer, "marketer_bps")
            .add(earn(record, record.district, merchant.district, "district_bps"))
            .add(earn(record, record.provincial, merchant.provincial, "provincial_bps"));

    Books books = state.books;
    books.post(CNY, "CHANNEL_CLEARING", amount.subtract(record.coupon));
    books.post(CNY, "MERCHANT_PAYABLE", record.payable.negate());
    books.post(CNY, "MERCHANT_RESERVE", reserve.negate());
    books.post(CNY, "COMMISSION_PAYABLE", commissions.negate());
    books.post(
        CNY,
        "INCENTIVE_FUND",
        record.incentive.subtract(commissions).subtract(record.coupon).negate());
    books.post(CNY, "PLATFORM_REVENUE", record.concession.subtract(record.incentive).negate());
  }

  private BigInteger earn(OrderRecord record, Commission commission, long agentId, String rate) {
    if (agentId != AccountRules.NO_LINK && state.account(agentId).isActive()) {
      commission.agent = state.account(agentId);
      commission.amount = state.share(record.concession, rate);
      commission.agent.commission.add(commission.amount, state.changes);
      commission.agent.turnover.add(record.amount, state.changes);
    }
    return commission.amount;
  }

  private void rewardBuyer(OrderRecord record) {
    Account buyer = record.buyer;
    buyer.coupon.subtract(record.coupon, state.changes);
    if (record.coupon.signum() > 0 && buyer.coupon.value().signum() == 0) {
      state.count(Event.LAST_COUPON_SPENT);
    }
    state.books.post(COUPON, "HELD", record.coupon.negate());
    state.books.post(COUPON, "REDEEMED", record.coupon);
    if (buyer.kind == Kind.CONSUMER) {
      record.coins = state.share(record.concession, "coin_bps");
      buyer.coin.add(record.coins, state.changes);
      state.books.post(COIN, "ISSUED", record.coins.negate());
      state.books.post(COIN, "HELD", record.coins);
    }
    issue(record.buyerPoints, buyer, state.share(record.concession, "buyer_points_bps"));
    buyer.monthConsumption.add(record.amount, state.changes);
  }

  private void rewardMerchant(OrderRecord record) {
    BigInteger amount = state.share(record.concession, "merchant_points_bps");
    issue(record.merchantPoints, record.merchant, amount);
  }

  private void rewardReferrer(OrderRecord record) {
    Account buyer = record.buyer;
    if (buyer.referrer == AccountRules.NO_LINK || !state.account(buyer.referrer).isActive()) {
      return;
    }
    Policy policy = state.program.policy;
    if (policy == Policy.NONE || (policy == Policy.FIRST_ORDER && buyer.hasOrdered)) {
      return;
    }
    Account referrer = state.account(buyer.referrer);
    record.referrer = referrer;
    BigInteger reward = state.share(record.buyerPoints.amount, "referral_bps");
    state.count(referrer.kind == Kind.CONSUMER ? Event.REFERRAL_POINTS : Event.REFERRAL_COUPONS);
    if (referrer.kind == Kind.CONSUMER) {
      issue(record.referrerPoints, referrer, reward);
    } else {
      record.referrerCoupons = reward;
      referrer.coupon.add(reward, state.changes);
      state.books.post(COUPON, "ISSUED", reward.negate());
      state.books.post(COUPON, "HELD", reward);
    }
  }

  private void issue(OrderRecord.Points issued, Account account, BigInteger amount) {
    issued.amount = amount;
    issued.cohort = points.issue(account, account.pool, account.plan, amount);
  }
}
