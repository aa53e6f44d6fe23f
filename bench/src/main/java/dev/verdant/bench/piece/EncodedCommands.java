package dev.verdant.bench.piece;

import dev.verdant.bench.load.Books;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.IssueEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.PayoutEncoder;
import dev.verdant.protocol.codec.RedeemCoinsEncoder;
import dev.verdant.protocol.codec.RefundEncoder;
import dev.verdant.protocol.codec.ReleaseReserveEncoder;
import dev.verdant.protocol.codec.SettleChannelEncoder;
import dev.verdant.protocol.codec.UpdateAccountEncoder;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commands one after the other in one buffer, at the driver's time and with ids of their own, until
 * the driver applies them. Keeps count of what only they change in the books: coupons spent, coins
 * redeemed, money paid out and settled.
 */
final class EncodedCommands {
  static final int CONCESSION_BPS = 1500;

  private static final int CHANNEL = 1;
  private static final int LONGEST = 2048;
  private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

  private final LedgerDriver ledger;
  private final UnsafeBuffer buffer;
  private final int[] offsets;
  private final int[] lengths;
  private int count;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final Programs programs = new Programs();
  private final OpenAccountEncoder open = new OpenAccountEncoder();
  private final UpdateAccountEncoder update = new UpdateAccountEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private final RefundEncoder refund = new RefundEncoder();
  private final IssueEncoder issue = new IssueEncoder();
  private final RedeemCoinsEncoder redeem = new RedeemCoinsEncoder();
  private final PayoutEncoder payout = new PayoutEncoder();
  private final ReleaseReserveEncoder reserve = new ReleaseReserveEncoder();
  private final SettleChannelEncoder settle = new SettleChannelEncoder();

  private long couponsFen;
  private long coinsCc;
  private long paidOutFen;
  private long settledFen;

  /**
   * Room for commands.
   *
   * @param capacity most commands of a batch.
   */
  EncodedCommands(LedgerDriver ledger, int capacity) {
    this.ledger = ledger;
    this.buffer = new UnsafeBuffer(new byte[capacity * LONGEST]);
    this.offsets = new int[capacity + 1];
    this.lengths = new int[capacity];
  }

  int count() {
    return count;
  }

  MutableDirectBuffer buffer() {
    return buffer;
  }

  int offset(int place) {
    return offsets[place];
  }

  int length(int place) {
    return lengths[place];
  }

  void clear() {
    count = 0;
  }

  private int end() {
    return offsets[count];
  }

  private void add(int length) {
    lengths[count] = length;
    offsets[count + 1] = BitUtil.align(end() + length, Long.BYTES);
    count++;
  }

  /** {@link Programs#encodePointsByIssue}. */
  void configurePointsByIssue(long initialValue) {
    add(programs.encodePointsByIssue(buffer, end(), ledger.time(), initialValue));
  }

  /** {@link Programs#encodeTrade}. */
  void configureTrade(long initialValue, int periods) {
    add(programs.encodeTrade(buffer, end(), ledger.time(), initialValue, periods));
  }

  /** {@link Programs#encodeLotsOfADay}. */
  void configureLotsOfADay(long initialValue, int plans) {
    add(programs.encodeLotsOfADay(buffer, end(), ledger.time(), initialValue, plans));
  }

  void openAgent(long account, AccountKind kind) {
    open(account, kind).fields().clear();
    add(HEADER_LENGTH + open.encodedLength());
  }

  /** Opens a merchant with its agents, 0 where it has none. */
  void openMerchant(long account, long marketer, long district, long provincial) {
    open(account, AccountKind.MERCHANT)
        .concessionBps(CONCESSION_BPS)
        .plan(Programs.PLAN)
        .marketer(marketer)
        .district(district)
        .provincial(provincial)
        .fields()
        .clear()
        .concessionBps(true)
        .plan(true)
        .marketer(marketer != 0)
        .district(district != 0)
        .provincial(provincial != 0);
    add(HEADER_LENGTH + open.encodedLength());
  }

  /** Opens a member with the one that referred it, 0 for none. */
  void openMember(long account, long referrer) {
    open(account, AccountKind.CONSUMER)
        .plan(Programs.PLAN)
        .referrer(referrer)
        .fields()
        .clear()
        .plan(true)
        .referrer(referrer != 0);
    add(HEADER_LENGTH + open.encodedLength());
  }

  private OpenAccountEncoder open(long account, AccountKind kind) {
    return open.wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .account(account)
        .kind(kind)
        .pool(0)
        .plan(0)
        .concessionBps(0)
        .referrer(0)
        .marketer(0)
        .district(0)
        .provincial(0);
  }

  /** Sets what a merchant concedes. */
  void updateMerchant(long account, int concessionBps) {
    update
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .account(account)
        .status(AccountStatus.ACTIVE)
        .pool(0)
        .plan(0)
        .concessionBps(concessionBps)
        .referrer(0)
        .marketer(0)
        .district(0)
        .provincial(0)
        .fields()
        .clear()
        .concessionBps(true)
        .status(true);
    add(HEADER_LENGTH + update.encodedLength());
  }

  /** An order; amount and the coupons among it in fen. */
  void order(long buyer, long merchant, long amount, long coupon) {
    order
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .idLow(ledger.newId())
        .idHigh(0)
        .buyer(buyer)
        .merchant(merchant)
        .amount(amount)
        .coupon(coupon)
        .channel(CHANNEL);
    couponsFen += coupon;
    add(HEADER_LENGTH + order.encodedLength());
  }

  /** Refunds a part of an order, which was paid without coupons. */
  void refund(long orderId, long amount) {
    refund
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .idLow(ledger.newId())
        .idHigh(0)
        .orderLow(orderId)
        .orderHigh(0)
        .amount(amount);
    add(HEADER_LENGTH + refund.encodedLength());
  }

  /** Points in the account's own plan. */
  void issue(long account, long points) {
    issue(account, points, IssueEncoder.planNullValue());
  }

  void issue(long account, long points, int plan) {
    issue
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .idLow(ledger.newId())
        .idHigh(0)
        .account(account)
        .points(points)
        .pool(IssueEncoder.poolNullValue())
        .plan(plan)
        .reason(0);
    add(HEADER_LENGTH + issue.encodedLength());
  }

  void redeemCoins(long account, long coins) {
    redeem
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .idLow(ledger.newId())
        .idHigh(0)
        .account(account)
        .coins(coins);
    coinsCc += coins;
    add(HEADER_LENGTH + redeem.encodedLength());
  }

  /** Pays out of what is payable to a merchant. */
  void payout(long merchant, long amount) {
    payout
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .idLow(ledger.newId())
        .idHigh(0)
        .account(merchant)
        .amount(amount)
        .balance(PayoutBalance.PAYABLE);
    paidOutFen += amount;
    add(HEADER_LENGTH + payout.encodedLength());
  }

  void releaseReserve(long merchant, long amount) {
    reserve
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .idLow(ledger.newId())
        .idHigh(0)
        .account(merchant)
        .amount(amount);
    add(HEADER_LENGTH + reserve.encodedLength());
  }

  void settleChannel(long amount) {
    settle
        .wrapAndApplyHeader(buffer, end(), header)
        .correlationId(0)
        .time(ledger.time())
        .idLow(ledger.newId())
        .idHigh(0)
        .amount(amount)
        .channel(CHANNEL);
    settledFen += amount;
    add(HEADER_LENGTH + settle.encodedLength());
  }

  /**
   * Checks the books that all commands so far, of no other batch, must have left.
   *
   * @throws dev.verdant.bench.load.WrongResultException if they have not.
   */
  void verify() {
    final Books books = ledger.verify();
    books.require(Asset.COUPON, BookAccount.REDEEMED, couponsFen);
    books.require(Asset.COIN, BookAccount.REDEEMED, coinsCc);
    books.require(Asset.CNY, BookAccount.CUSTODY, settledFen - paidOutFen);
  }
}
