package dev.verdant.bench.piece;

import dev.verdant.bench.load.OkReplies;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.IssueEncoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.RefundEncoder;
import dev.verdant.protocol.codec.ReleaseEncoder;
import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Drives a ledger in process with commands of the benchmarks' own making. Every command must be
 * answered OK, else it throws {@link dev.verdant.bench.load.WrongResultException}: a benchmark of
 * rejections would measure nothing.
 */
final class LedgerDriver implements AutoCloseable {
  static final long FIRST_MEMBER = 1_000_000_000L;
  static final long FIRST_MERCHANT = 1_000L;

  /** Points with which a pool opens its first period. */
  static final long FIRST_VALUE = 1_000_000_000_000L;

  /** Most commands or queries that are announced together. */
  static final int WINDOW = 64;

  private static final long DAY_MILLIS = 86_400_000L;
  private static final long START = 20_000 * DAY_MILLIS;
  private static final int MESSAGE_BYTES = 1024;
  private static final int WINDOW_STRIDE = 128;
  private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;
  private static final int CONCESSION_BPS = 1500;

  private final Ledger ledger = new Ledger();
  private final UnsafeBuffer command = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
  private final UnsafeBuffer window = new UnsafeBuffer(new byte[WINDOW * WINDOW_STRIDE]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
  private final UnsafeBuffer queryReply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder replyHeader = new MessageHeaderDecoder();
  private final OkReplies replies = new OkReplies();
  private final Programs programs = new Programs();
  private final OpenAccountEncoder open = new OpenAccountEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private final IssueEncoder issue = new IssueEncoder();
  private final ReleaseEncoder release = new ReleaseEncoder();
  private final RefundEncoder refund = new RefundEncoder();
  private final AccountQueryEncoder accountQuery = new AccountQueryEncoder();
  private final AccountQueryReplyDecoder accountReply = new AccountQueryReplyDecoder();
  private final ReleaseReplyDecoder releaseReply = new ReleaseReplyDecoder();

  private long sequence;
  private long nextId = 1;
  private int day;

  /** Sets {@link Programs#encodePointsByIssue}; the first period opens at {@link #FIRST_VALUE}. */
  void configurePointsByIssue() {
    apply(programs.encodePointsByIssue(command, time(), FIRST_VALUE));
  }

  /** Sets {@link Programs#encodeTrade}. */
  void configureTrade(long initialValue, int periods) {
    apply(programs.encodeTrade(command, time(), initialValue, periods));
  }

  void openAgent(long account, AccountKind kind) {
    open(account, kind).fields().clear();
    apply(HEADER_LENGTH + open.encodedLength());
  }

  void openMerchant(long account) {
    openMerchant(account, 0, 0, 0);
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
    apply(HEADER_LENGTH + open.encodedLength());
  }

  void openMember(long account) {
    openMember(account, 0);
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
    apply(HEADER_LENGTH + open.encodedLength());
  }

  private OpenAccountEncoder open(long account, AccountKind kind) {
    return open.wrapAndApplyHeader(command, 0, header)
        .correlationId(0)
        .time(time())
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
    apply(HEADER_LENGTH + issue.encodedLength());
  }

  void order(long buyer, long merchant, long amount) {
    encodeOrder(command, 0, buyer, merchant, amount);
    apply(HEADER_LENGTH + order.encodedLength());
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

  /** Encodes an order as number {@code place} of a window. */
  void putOrder(int place, long buyer, long merchant, long amount) {
    encodeOrder(window, place * WINDOW_STRIDE, buyer, merchant, amount);
  }

  /** Announces the orders of a window, and places them. */
  void placeAnnounced(int orders) {
    announce(orders);
    final int length = HEADER_LENGTH + OrderEncoder.BLOCK_LENGTH;
    for (int place = 0; place < orders; place++) {
      apply(window, place * WINDOW_STRIDE, length);
    }
  }

  private void announce(int count) {
    for (int place = 0; place < count; place++) {
      ledger.announce(window, place * WINDOW_STRIDE);
    }
    ledger.lookAhead();
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
    apply(HEADER_LENGTH + refund.encodedLength());
  }

  /** Asks for an account; the answer holds until the next question. */
  AccountQueryReplyDecoder account(long account) {
    encodeQuery(command, 0, account);
    return answer(command, 0);
  }

  /** Asks for an account and returns what is pending. */
  long pending(long account) {
    return account(account).pending();
  }

  private void encodeQuery(UnsafeBuffer to, int offset, long account) {
    accountQuery.wrapAndApplyHeader(to, offset, header).correlationId(0).account(account);
  }

  /** Encodes the question for an account as number {@code place} of a window. */
  void putQuery(int place, long account) {
    encodeQuery(window, place * WINDOW_STRIDE, account);
  }

  /** Announces the questions of a window, asks them and returns the sum of what is pending. */
  long pendingOfAnnounced(int queries) {
    announce(queries);
    long sum = 0;
    for (int place = 0; place < queries; place++) {
      sum += answer(window, place * WINDOW_STRIDE).pending();
    }
    return sum;
  }

  private AccountQueryReplyDecoder answer(UnsafeBuffer query, int offset) {
    final int length = HEADER_LENGTH + AccountQueryEncoder.BLOCK_LENGTH;
    ledger.query(query, offset, length, queryReply, 0);
    accountReply.wrapAndApplyHeader(queryReply, 0, replyHeader);
    if (accountReply.status() != Status.OK) {
      throw new IllegalStateException("query was answered " + accountReply.status());
    }
    return accountReply;
  }

  /** Runs pool 1's release of the day and returns the coupons released. */
  long release() {
    return release(1);
  }

  /** Runs a pool's release of the day and returns the coupons released. */
  long release(int pool) {
    release
        .wrapAndApplyHeader(command, 0, header)
        .correlationId(0)
        .time(time())
        .pool(pool)
        .day(ReleaseEncoder.dayNullValue());
    apply(HEADER_LENGTH + release.encodedLength());
    return releaseReply.wrapAndApplyHeader(reply, 0, replyHeader).released();
  }

  void nextDay() {
    day++;
  }

  private long time() {
    return START + day * DAY_MILLIS;
  }

  private void apply(int length) {
    apply(command, 0, length);
  }

  private void apply(UnsafeBuffer from, int offset, int length) {
    final int replyLength = ledger.apply(++sequence, from, offset, length, reply, 0);
    replies.onReply(sequence, reply, 0, replyLength);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
