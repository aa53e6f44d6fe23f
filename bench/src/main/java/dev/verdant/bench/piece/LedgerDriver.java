package dev.verdant.bench.piece;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.ConfigureEncoder;
import dev.verdant.protocol.codec.IssueEncoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.OrderReplyDecoder;
import dev.verdant.protocol.codec.ReferralPolicy;
import dev.verdant.protocol.codec.RefundEncoder;
import dev.verdant.protocol.codec.ReleaseEncoder;
import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Drives a ledger in process with commands of the benchmarks' own making. Every command must be
 * accepted: a benchmark of rejections would measure nothing.
 */
final class LedgerDriver implements AutoCloseable {
  static final long FIRST_MEMBER = 1_000_000_000L;
  static final long FIRST_MERCHANT = 1_000L;

  /** Points with which a pool opens its first period. */
  static final long FIRST_VALUE = 1_000_000_000_000L;

  private static final long DAY_MILLIS = 86_400_000L;
  private static final long START = 20_000 * DAY_MILLIS;
  private static final int MESSAGE_BYTES = 1024;
  private static final int WINDOW_STRIDE = 128;

  private final Ledger ledger = new Ledger();
  private final UnsafeBuffer command = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
  private final UnsafeBuffer window = new UnsafeBuffer(new byte[Ledger.LOOKAHEAD * WINDOW_STRIDE]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
  private final UnsafeBuffer queryReply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder replyHeader = new MessageHeaderDecoder();
  private final ConfigureEncoder configure = new ConfigureEncoder();
  private final OpenAccountEncoder open = new OpenAccountEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private final IssueEncoder issue = new IssueEncoder();
  private final ReleaseEncoder release = new ReleaseEncoder();
  private final RefundEncoder refund = new RefundEncoder();
  private final AccountQueryEncoder accountQuery = new AccountQueryEncoder();
  private final AccountQueryReplyDecoder accountReply = new AccountQueryReplyDecoder();
  private final OrderReplyDecoder orderReply = new OrderReplyDecoder();
  private final ReleaseReplyDecoder releaseReply = new ReleaseReplyDecoder();

  private long sequence;
  private long nextId = 1;
  private int day;

  /**
   * A period opens every day, cohorts of plan 2 never exit; points come by issue only, so that the
   * number of cohorts stays as it was set up.
   */
  void configureDailyPeriods() {
    configure
        .wrapAndApplyHeader(command, 0, header)
        .correlationId(0)
        .time(time())
        .businessOffsetMinutes(ConfigureEncoder.businessOffsetMinutesNullValue())
        .minConcessionBps(ConfigureEncoder.minConcessionBpsNullValue())
        .maxConcessionBps(ConfigureEncoder.maxConcessionBpsNullValue())
        .buyerPointsBps(0)
        .merchantPointsBps(0)
        .incentiveShareBps(ConfigureEncoder.incentiveShareBpsNullValue())
        .merchantPayableBps(ConfigureEncoder.merchantPayableBpsNullValue())
        .marketerBps(ConfigureEncoder.marketerBpsNullValue())
        .districtBps(ConfigureEncoder.districtBpsNullValue())
        .provincialBps(ConfigureEncoder.provincialBpsNullValue())
        .referralBps(ConfigureEncoder.referralBpsNullValue())
        .coinBps(ConfigureEncoder.coinBpsNullValue())
        .maxCouponBps(ConfigureEncoder.maxCouponBpsNullValue())
        .dailyValveBps(1_000_000)
        .monthlyValveBps(1_000_000)
        .orderWindowDays(1)
        .referralPolicy(ReferralPolicy.NONE)
        .lists()
        .clear()
        .pools(true)
        .plans(true);
    configure.channelsCount(0);
    final ConfigureEncoder.PoolsEncoder pools = configure.poolsCount(2);
    for (int pool = 1; pool <= 2; pool++) {
      pools
          .next()
          .pool(pool)
          .initialValue(FIRST_VALUE)
          .stepBps(1500)
          .minIntervalDays(1)
          .maxIntervalDays(1);
    }
    configure
        .plansCount(2)
        .next()
        .plan(1)
        .baseRateBps(50)
        .capBps(50_000)
        .maxPeriods(40)
        .fixedPeriods(0)
        .fixedRateBps(0)
        .next()
        .plan(2)
        .baseRateBps(1)
        .capBps(1_000_000)
        .maxPeriods(Integer.MAX_VALUE)
        .fixedPeriods(0)
        .fixedRateBps(0);
    apply(configure.encodedLength());
  }

  void openMerchant(long account) {
    open(account, AccountKind.MERCHANT).fields().clear().concessionBps(true).plan(true);
    apply(open.encodedLength());
  }

  void openMember(long account) {
    open(account, AccountKind.CONSUMER).fields().clear().plan(true);
    apply(open.encodedLength());
  }

  private OpenAccountEncoder open(long account, AccountKind kind) {
    return open.wrapAndApplyHeader(command, 0, header)
        .correlationId(0)
        .time(time())
        .account(account)
        .kind(kind)
        .pool(1)
        .plan(2)
        .concessionBps(1500)
        .referrer(0)
        .marketer(0)
        .district(0)
        .provincial(0);
  }

  void issue(long account, long points) {
    issue
        .wrapAndApplyHeader(command, 0, header)
        .correlationId(0)
        .time(time())
        .idLow(nextId++)
        .idHigh(0)
        .account(account)
        .points(points)
        .pool(IssueEncoder.poolNullValue())
        .plan(IssueEncoder.planNullValue())
        .reason(0);
    apply(issue.encodedLength());
  }

  /** Places an order and checks that it was accepted. */
  void order(long buyer, long merchant, long amount) {
    encodeOrder(command, 0, buyer, merchant, amount);
    apply(order.encodedLength());
    requireAccepted();
  }

  private void encodeOrder(UnsafeBuffer to, int offset, long buyer, long merchant, long amount) {
    order
        .wrapAndApplyHeader(to, offset, header)
        .correlationId(0)
        .time(time())
        .idLow(nextId++)
        .idHigh(0)
        .buyer(buyer)
        .merchant(merchant)
        .amount(amount)
        .coupon(0)
        .channel(1);
  }

  /** Encodes and announces an order as number {@code place} of a window. */
  void announceOrder(int place, long buyer, long merchant, long amount) {
    encodeOrder(window, place * WINDOW_STRIDE, buyer, merchant, amount);
    ledger.announce(window, place * WINDOW_STRIDE);
  }

  /** Places the orders of a window. */
  void applyAnnounced(int orders) {
    ledger.lookAhead();
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + OrderEncoder.BLOCK_LENGTH;
    for (int place = 0; place < orders; place++) {
      ledger.apply(++sequence, window, place * WINDOW_STRIDE, length, reply, 0);
      requireAccepted();
    }
  }

  /** Refunds a part of the order placed last. */
  void refundLast(long amount) {
    final long refunded = nextId - 1;
    refund
        .wrapAndApplyHeader(command, 0, header)
        .correlationId(0)
        .time(time())
        .idLow(nextId++)
        .idHigh(0)
        .orderLow(refunded)
        .orderHigh(0)
        .amount(amount);
    apply(refund.encodedLength());
    requireAccepted();
  }

  private void requireAccepted() {
    orderReply.wrapAndApplyHeader(reply, 0, replyHeader);
    if (orderReply.status() != Status.OK) {
      throw new IllegalStateException("order was answered " + orderReply.status());
    }
  }

  /** Asks for an account and returns what is pending. */
  long pending(long account) {
    encodeQuery(command, 0, account);
    return pendingOf(command, 0);
  }

  private void encodeQuery(UnsafeBuffer to, int offset, long account) {
    accountQuery.wrapAndApplyHeader(to, offset, header).correlationId(0).account(account);
  }

  /** Encodes and announces the question for an account as number {@code place} of a window. */
  void announceQuery(int place, long account) {
    encodeQuery(window, place * WINDOW_STRIDE, account);
    ledger.announce(window, place * WINDOW_STRIDE);
  }

  /** Asks for the accounts of a window and returns the sum of what is pending. */
  long pendingOfAnnounced(int queries) {
    ledger.lookAhead();
    long sum = 0;
    for (int place = 0; place < queries; place++) {
      sum += pendingOf(window, place * WINDOW_STRIDE);
    }
    return sum;
  }

  private long pendingOf(UnsafeBuffer query, int offset) {
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + AccountQueryEncoder.BLOCK_LENGTH;
    ledger.query(query, offset, length, queryReply, 0);
    accountReply.wrapAndApplyHeader(queryReply, 0, replyHeader);
    if (accountReply.status() != Status.OK) {
      throw new IllegalStateException("query was answered " + accountReply.status());
    }
    return accountReply.pending();
  }

  /** Runs pool 1's release of the day and returns the coupons released. */
  long release() {
    release
        .wrapAndApplyHeader(command, 0, header)
        .correlationId(0)
        .time(time())
        .pool(1)
        .day(ReleaseEncoder.dayNullValue());
    apply(release.encodedLength());
    releaseReply.wrapAndApplyHeader(reply, 0, replyHeader);
    if (releaseReply.status() != Status.OK) {
      throw new IllegalStateException("release was answered " + releaseReply.status());
    }
    return releaseReply.released();
  }

  void nextDay() {
    day++;
  }

  private long time() {
    return START + day * DAY_MILLIS;
  }

  private void apply(int encodedLength) {
    ledger.apply(
        ++sequence, command, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength, reply, 0);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
