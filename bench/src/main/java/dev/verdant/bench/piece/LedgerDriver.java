package dev.verdant.bench.piece;

import dev.verdant.bench.load.Books;
import dev.verdant.bench.load.OkReplies;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReleaseEncoder;
import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Drives a ledger in process with commands of the benchmarks' own making. Every command must be
 * answered OK, else it throws {@link WrongResultException}: a benchmark of rejections would measure
 * nothing.
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
  private static final int MESSAGE_BYTES = 128;
  private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

  private final Ledger ledger = new Ledger();
  private final UnsafeBuffer command = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
  private final UnsafeBuffer window = new UnsafeBuffer(new byte[WINDOW * MESSAGE_BYTES]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
  private final UnsafeBuffer queryReply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder replyHeader = new MessageHeaderDecoder();
  private final OkReplies replies = new OkReplies();
  private final EncodedCommands one = new EncodedCommands(this, 1);
  private final ReleaseEncoder release = new ReleaseEncoder();
  private final AccountQueryEncoder accountQuery = new AccountQueryEncoder();
  private final AccountQueryReplyDecoder accountReply = new AccountQueryReplyDecoder();
  private final ReleaseReplyDecoder releaseReply = new ReleaseReplyDecoder();

  private long sequence;
  private long nextId = 1;
  private int day;

  /** Sets {@link Programs#encodePointsByIssue}; the first period opens at {@link #FIRST_VALUE}. */
  void configurePointsByIssue() {
    one.configurePointsByIssue(FIRST_VALUE);
    apply(one);
  }

  /** Sets {@link Programs#encodeTrade}. */
  void configureTrade(long initialValue, int periods) {
    one.configureTrade(initialValue, periods);
    apply(one);
  }

  /** Sets {@link Programs#encodeLotsOfADay}. */
  void configureLotsOfADay(long initialValue, int plans) {
    one.configureLotsOfADay(initialValue, plans);
    apply(one);
  }

  void openAgent(long account, AccountKind kind) {
    one.openAgent(account, kind);
    apply(one);
  }

  void openMerchant(long account) {
    openMerchant(account, 0, 0, 0);
  }

  /** Opens a merchant with its agents, 0 where it has none. */
  void openMerchant(long account, long marketer, long district, long provincial) {
    one.openMerchant(account, marketer, district, provincial);
    apply(one);
  }

  void openMember(long account) {
    openMember(account, 0);
  }

  /** Opens a member with the one that referred it, 0 for none. */
  void openMember(long account, long referrer) {
    one.openMember(account, referrer);
    apply(one);
  }

  void issue(long account, long points) {
    one.issue(account, points);
    apply(one);
  }

  /** Issues points in another plan than the account's. */
  void issue(long account, long points, int plan) {
    one.issue(account, points, plan);
    apply(one);
  }

  void order(long buyer, long merchant, long amount) {
    one.order(buyer, merchant, amount, 0);
    apply(one);
  }

  /** Refunds a part of the order placed last. */
  void refundLast(long amount) {
    refund(lastId(), amount);
  }

  void refund(long orderId, long amount) {
    one.refund(orderId, amount);
    apply(one);
  }

  /** The id for a new transaction. */
  long newId() {
    return nextId++;
  }

  /** The id of the transaction before. */
  long lastId() {
    return nextId - 1;
  }

  /** Announces the commands of a batch, applies them and empties it. */
  void applyAnnounced(EncodedCommands batch) {
    for (int place = 0; place < batch.count(); place++) {
      ledger.announce(batch.buffer(), batch.offset(place));
    }
    ledger.lookAhead();
    apply(batch);
  }

  private void apply(EncodedCommands batch) {
    final int count = batch.count();
    batch.clear();
    for (int place = 0; place < count; place++) {
      apply(batch.buffer(), batch.offset(place), batch.length(place));
    }
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
    encodeQuery(window, place * MESSAGE_BYTES, account);
  }

  /** Announces the questions of a window, asks them and returns the sum of what is pending. */
  long pendingOfAnnounced(int queries) {
    for (int place = 0; place < queries; place++) {
      ledger.announce(window, place * MESSAGE_BYTES);
    }
    ledger.lookAhead();
    long sum = 0;
    for (int place = 0; place < queries; place++) {
      sum += answer(window, place * MESSAGE_BYTES).pending();
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
    apply(command, 0, HEADER_LENGTH + release.encodedLength());
    return releaseReply.wrapAndApplyHeader(reply, 0, replyHeader).released();
  }

  void nextDay() {
    day++;
  }

  long time() {
    return START + day * DAY_MILLIS;
  }

  /**
   * Checks that the ledger has accepted every command and that its books balance; returns them.
   *
   * @throws WrongResultException if not.
   */
  Books verify() {
    final int length = ControlMessages.trialBalanceQuery().encode(0, command, 0);
    ledger.query(command, 0, length, queryReply, 0);
    final Books books = Books.read(queryReply, 0);
    WrongResultException.require("commands accepted", sequence, replies.count());
    WrongResultException.require("commands in the books", sequence, books.sequence());
    return books;
  }

  private void apply(DirectBuffer from, int offset, int length) {
    final int replyLength = ledger.apply(++sequence, from, offset, length, reply, 0);
    replies.onReply(sequence, reply, 0, replyLength);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
