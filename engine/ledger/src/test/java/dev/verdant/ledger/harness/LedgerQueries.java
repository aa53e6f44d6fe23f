package dev.verdant.ledger.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.OrderView;
import dev.verdant.ledger.model.PoolView;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountQueryEncoder;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.AccountsQueryEncoder;
import dev.verdant.protocol.codec.AccountsQueryReplyDecoder;
import dev.verdant.protocol.codec.DigestQueryEncoder;
import dev.verdant.protocol.codec.DigestQueryReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderQueryEncoder;
import dev.verdant.protocol.codec.OrderQueryReplyDecoder;
import dev.verdant.protocol.codec.PoolsQueryEncoder;
import dev.verdant.protocol.codec.PoolsQueryReplyDecoder;
import dev.verdant.protocol.codec.SequenceQueryEncoder;
import dev.verdant.protocol.codec.SequenceQueryReplyDecoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TrialBalanceQueryEncoder;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyDecoder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** The ledger's queries as views. */
final class LedgerQueries {
  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
  private static final long CORRELATION_ID = 0x7411_7411_7411_7411L;

  /** Fewer than the ledger can send, so that pages are turned. */
  private static final int PAGE = 7;

  private final Ledger ledger;
  private final UnsafeBuffer query = new UnsafeBuffer(new byte[64]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder replyHeader = new MessageHeaderDecoder();

  LedgerQueries(Ledger ledger) {
    this.ledger = ledger;
  }

  List<AccountView> accounts() {
    List<AccountView> accounts = new ArrayList<>();
    long from = 0;
    boolean more;
    do {
      AccountsQueryEncoder encoder =
          new AccountsQueryEncoder()
              .wrapAndApplyHeader(query, 0, header)
              .correlationId(CORRELATION_ID)
              .fromAccount(from)
              .maxAccounts(PAGE)
              .toAccount(AccountsQueryEncoder.toAccountNullValue())
              .kind(AccountKind.NULL_VAL)
              .accountStatus(AccountStatus.NULL_VAL)
              .view(AccountsQueryEncoder.viewNullValue())
              .maxAge(0)
              .keepView((short) 0);
      ask(encoder.encodedLength());
      AccountsQueryReplyDecoder decoder =
          new AccountsQueryReplyDecoder().wrapAndApplyHeader(reply, 0, replyHeader);
      assertThat(decoder.correlationId()).isEqualTo(CORRELATION_ID);
      assertThat(decoder.sequence()).isEqualTo(ledger.sequence());
      assertThat(decoder.status()).isEqualTo(Status.OK);
      more = decoder.more() == 1;
      for (AccountsQueryReplyDecoder.AccountsDecoder account : decoder.accounts()) {
        accounts.add(view(account));
      }
      from = decoder.nextAccount();
    } while (more);
    return accounts;
  }

  private static AccountView view(AccountsQueryReplyDecoder.AccountsDecoder account) {
    return new AccountView(
        account.account(),
        account.kind().name(),
        account.accountStatus().name(),
        account.coupon(),
        account.pending(),
        account.coin(),
        account.points(),
        account.payable(),
        account.reserve(),
        account.commission(),
        account.monthConsumption(),
        account.monthCredited(),
        account.turnover());
  }

  /** Announces the question for an account. */
  void announceAccount(long id) {
    encodeAccount(id);
    ledger.announce(query, 0);
  }

  private int encodeAccount(long id) {
    return new AccountQueryEncoder()
        .wrapAndApplyHeader(query, 0, header)
        .correlationId(CORRELATION_ID)
        .account(id)
        .encodedLength();
  }

  AccountView account(long id) {
    ask(encodeAccount(id));
    AccountQueryReplyDecoder account =
        new AccountQueryReplyDecoder().wrapAndApplyHeader(reply, 0, replyHeader);
    assertThat(account.status()).as("account %s", Long.toUnsignedString(id)).isEqualTo(Status.OK);
    return new AccountView(
        account.account(),
        account.kind().name(),
        account.accountStatus().name(),
        account.coupon(),
        account.pending(),
        account.coin(),
        account.points(),
        account.payable(),
        account.reserve(),
        account.commission(),
        account.monthConsumption(),
        account.monthCredited(),
        account.turnover());
  }

  Optional<OrderView> order(BigInteger id) {
    OrderQueryEncoder encoder =
        new OrderQueryEncoder()
            .wrapAndApplyHeader(query, 0, header)
            .correlationId(CORRELATION_ID)
            .idLow(CommandEncoder.low(id))
            .idHigh(CommandEncoder.high(id));
    ask(encoder.encodedLength());
    OrderQueryReplyDecoder order =
        new OrderQueryReplyDecoder().wrapAndApplyHeader(reply, 0, replyHeader);
    if (order.status() != Status.OK || order.orderStatus() != Status.OK) {
      return Optional.empty();
    }
    return Optional.of(
        new OrderView(
            order.buyer(),
            order.merchant(),
            order.amount(),
            order.coupon(),
            order.refunded(),
            order.concession(),
            order.incentive(),
            order.payable(),
            order.coins(),
            order.buyerPoints(),
            order.merchantPoints(),
            order.referrerPoints(),
            order.referrerCoupons()));
  }

  List<PoolView> pools() {
    PoolsQueryEncoder encoder =
        new PoolsQueryEncoder().wrapAndApplyHeader(query, 0, header).correlationId(CORRELATION_ID);
    ask(encoder.encodedLength());
    PoolsQueryReplyDecoder decoder =
        new PoolsQueryReplyDecoder().wrapAndApplyHeader(reply, 0, replyHeader);
    assertThat(decoder.status()).isEqualTo(Status.OK);
    List<PoolView> pools = new ArrayList<>();
    for (PoolsQueryReplyDecoder.PoolsDecoder pool : decoder.pools()) {
      pools.add(new PoolView(pool.pool(), pool.period(), pool.value(), pool.issued()));
    }
    return pools;
  }

  Map<String, Map<String, Long>> trialBalance() {
    TrialBalanceQueryEncoder encoder =
        new TrialBalanceQueryEncoder()
            .wrapAndApplyHeader(query, 0, header)
            .correlationId(CORRELATION_ID);
    ask(encoder.encodedLength());
    TrialBalanceQueryReplyDecoder decoder =
        new TrialBalanceQueryReplyDecoder().wrapAndApplyHeader(reply, 0, replyHeader);
    assertThat(decoder.status()).isEqualTo(Status.OK);
    Map<String, Map<String, Long>> assets = new TreeMap<>();
    for (TrialBalanceQueryReplyDecoder.EntriesDecoder entry : decoder.entries()) {
      Long twice =
          assets
              .computeIfAbsent(entry.asset().name(), ignored -> new TreeMap<>())
              .put(entry.bookAccount().name(), entry.amount());
      assertThat(twice).as("%s %s twice", entry.asset(), entry.bookAccount()).isNull();
    }
    return assets;
  }

  BigInteger digest() {
    DigestQueryEncoder encoder =
        new DigestQueryEncoder().wrapAndApplyHeader(query, 0, header).correlationId(CORRELATION_ID);
    ask(encoder.encodedLength());
    DigestQueryReplyDecoder decoder =
        new DigestQueryReplyDecoder().wrapAndApplyHeader(reply, 0, replyHeader);
    assertThat(decoder.status()).isEqualTo(Status.OK);
    assertThat(decoder.time()).isEqualTo(ledger.timeMillis());
    return new BigInteger(Long.toUnsignedString(decoder.digestHigh()))
        .shiftLeft(Long.SIZE)
        .or(new BigInteger(Long.toUnsignedString(decoder.digestLow())));
  }

  SequenceView sequence() {
    SequenceQueryEncoder encoder =
        new SequenceQueryEncoder()
            .wrapAndApplyHeader(query, 0, header)
            .correlationId(CORRELATION_ID);
    ask(encoder.encodedLength());
    SequenceQueryReplyDecoder decoder =
        new SequenceQueryReplyDecoder().wrapAndApplyHeader(reply, 0, replyHeader);
    assertThat(decoder.correlationId()).isEqualTo(CORRELATION_ID);
    assertThat(decoder.sequence()).isEqualTo(ledger.sequence());
    assertThat(decoder.status()).isEqualTo(Status.OK);
    assertThat(decoder.time()).isEqualTo(ledger.timeMillis());
    int day = decoder.firstRememberedDay();
    return new SequenceView(
        decoder.businessOffsetMinutes(),
        day == SequenceQueryReplyDecoder.firstRememberedDayNullValue()
            ? OptionalInt.empty()
            : OptionalInt.of(day),
        decoder.orderWindowDays());
  }

  private void ask(int encodedLength) {
    int length = ledger.query(query, 0, HEADER + encodedLength, reply, 0);
    assertThat(length).isBetween(HEADER + 1, Ledger.MAX_QUERY_REPLY_LENGTH);
    replyHeader.wrap(reply, 0);
  }
}
