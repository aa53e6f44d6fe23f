package dev.verdant.ledger;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountQueryDecoder;
import dev.verdant.protocol.codec.AccountQueryReplyEncoder;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.AccountsQueryDecoder;
import dev.verdant.protocol.codec.AccountsQueryReplyEncoder;
import dev.verdant.protocol.codec.DigestQueryDecoder;
import dev.verdant.protocol.codec.DigestQueryReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderQueryDecoder;
import dev.verdant.protocol.codec.OrderQueryReplyEncoder;
import dev.verdant.protocol.codec.PoolsQueryDecoder;
import dev.verdant.protocol.codec.PoolsQueryReplyEncoder;
import dev.verdant.protocol.codec.SequenceQueryDecoder;
import dev.verdant.protocol.codec.SequenceQueryReplyEncoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TrialBalanceQueryDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Answers queries: every value as of the last command, releases caught up; changes nothing. */
final class Queries {
  /** Accounts of a page, such that it fits the longest reply. */
  static final int MAX_ACCOUNTS = 512;

  /** Accounts looked at for a page, so that none takes long however few pass the filters. */
  static final int MAX_LOOKED_AT = 64 * 1024;

  private final LedgerState state;
  private final CatchUp catchUp;
  private final AccountDirectory directory;
  private final TrialBalance trialBalance;
  private final StateDigest digest;
  private final OrderParts parts = new OrderParts();

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final MessageHeaderEncoder replyHeader = new MessageHeaderEncoder();
  private final AccountQueryDecoder accountQuery = new AccountQueryDecoder();
  private final AccountsQueryDecoder accountsQuery = new AccountsQueryDecoder();
  private final OrderQueryDecoder orderQuery = new OrderQueryDecoder();
  private final PoolsQueryDecoder poolsQuery = new PoolsQueryDecoder();
  private final TrialBalanceQueryDecoder trialBalanceQuery = new TrialBalanceQueryDecoder();
  private final DigestQueryDecoder digestQuery = new DigestQueryDecoder();
  private final SequenceQueryDecoder sequenceQuery = new SequenceQueryDecoder();
  private final AccountQueryReplyEncoder accountReply = new AccountQueryReplyEncoder();
  private final AccountsQueryReplyEncoder accountsReply = new AccountsQueryReplyEncoder();
  private final OrderQueryReplyEncoder orderReply = new OrderQueryReplyEncoder();
  private final PoolsQueryReplyEncoder poolsReply = new PoolsQueryReplyEncoder();
  private final TrialBalanceQueryReplyEncoder trialBalanceReply =
      new TrialBalanceQueryReplyEncoder();
  private final DigestQueryReplyEncoder digestReply = new DigestQueryReplyEncoder();
  private final SequenceQueryReplyEncoder sequenceReply = new SequenceQueryReplyEncoder();

  Queries(LedgerState state, CatchUp catchUp, AccountDirectory directory) {
    this.state = state;
    this.catchUp = catchUp;
    this.directory = directory;
    trialBalance = new TrialBalance(state, catchUp);
    digest = new StateDigest(state, catchUp, trialBalance);
  }

  /**
   * Writes the reply and returns its length.
   *
   * @throws IllegalArgumentException if the message is no query.
   */
  int answerQuery(
      DirectBuffer query, int offset, int length, MutableDirectBuffer reply, int replyOffset) {
    final int replyLength = answer(query, offset, reply, replyOffset);
    if (replyLength == 0) {
      throw new IllegalArgumentException("message of " + length + " bytes is no query");
    }
    return replyLength;
  }

  private int answer(DirectBuffer query, int offset, MutableDirectBuffer reply, int replyOffset) {
    header.wrap(query, offset);
    switch (header.templateId()) {
      case AccountQueryDecoder.TEMPLATE_ID -> {
        accountQuery.wrapAndApplyHeader(query, offset, header);
        return account(reply, replyOffset);
      }
      case AccountsQueryDecoder.TEMPLATE_ID -> {
        accountsQuery.wrapAndApplyHeader(query, offset, header);
        return accounts(reply, replyOffset);
      }
      case OrderQueryDecoder.TEMPLATE_ID -> {
        orderQuery.wrapAndApplyHeader(query, offset, header);
        return order(reply, replyOffset);
      }
      case PoolsQueryDecoder.TEMPLATE_ID -> {
        poolsQuery.wrapAndApplyHeader(query, offset, header);
        return pools(reply, replyOffset);
      }
      case TrialBalanceQueryDecoder.TEMPLATE_ID -> {
        trialBalanceQuery.wrapAndApplyHeader(query, offset, header);
        return trialBalance(reply, replyOffset);
      }
      case DigestQueryDecoder.TEMPLATE_ID -> {
        digestQuery.wrapAndApplyHeader(query, offset, header);
        return digest(reply, replyOffset);
      }
      case SequenceQueryDecoder.TEMPLATE_ID -> {
        sequenceQuery.wrapAndApplyHeader(query, offset, header);
        return sequence(reply, replyOffset);
      }
      default -> {
        return 0;
      }
    }
  }

  private int account(MutableDirectBuffer reply, int replyOffset) {
    final int slot = state.accounts.find(accountQuery.account());
    accountReply
        .wrapAndApplyHeader(reply, replyOffset, replyHeader)
        .correlationId(accountQuery.correlationId())
        .sequence(state.sequence);
    if (slot == 0) {
      accountReply
          .status(Status.ACCOUNT_NOT_FOUND)
          .kind(AccountKind.NULL_VAL)
          .accountStatus(AccountStatus.NULL_VAL)
          .account(accountQuery.account())
          .coupon(0)
          .pending(0)
          .coin(0)
          .points(0)
          .payable(0)
          .reserve(0)
          .commission(0)
          .monthConsumption(0)
          .monthCredited(0)
          .turnover(0);
    } else {
      final long a = state.accounts.read(slot);
      catchUp.project(a);
      accountReply
          .status(Status.OK)
          .kind(AccountKind.get((short) Accounts.kind(a)))
          .accountStatus(AccountStatus.get((short) Accounts.status(a)))
          .account(Accounts.id(a))
          .coupon(catchUp.coupon)
          .pending(catchUp.pending)
          .coin(Accounts.coin(a))
          .points(state.lots.heldPoints(Accounts.lots(a), state.cohorts))
          .payable(Accounts.payable(a))
          .reserve(Accounts.reserve(a))
          .commission(Accounts.commission(a))
          .monthConsumption(catchUp.monthConsumption)
          .monthCredited(catchUp.monthCredited)
          .turnover(Accounts.turnover(a));
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + accountReply.encodedLength();
  }

  private int accounts(MutableDirectBuffer reply, int replyOffset) {
    final int wanted = Math.min(Math.max(1, accountsQuery.maxAccounts()), MAX_ACCOUNTS);
    final long toAccount = accountsQuery.toAccount();
    final AccountKind kind = accountsQuery.kind();
    final AccountStatus status = accountsQuery.accountStatus();
    accountsReply
        .wrapAndApplyHeader(reply, replyOffset, replyHeader)
        .correlationId(accountsQuery.correlationId())
        .sequence(state.sequence)
        .status(Status.OK)
        .age(0);
    final AccountsQueryReplyEncoder.AccountsEncoder group = accountsReply.accountsCount(wanted);
    final AccountDirectory.Walk walk = directory.from(accountsQuery.fromAccount());
    int count = 0;
    for (int i = 0; i < MAX_LOOKED_AT && count < wanted && goesOn(walk, toAccount); i++) {
      final int slot = walk.next();
      if (slot != 0) {
        final long a = state.accounts.read(slot);
        if ((kind == AccountKind.NULL_VAL || kind.value() == Accounts.kind(a))
            && (status == AccountStatus.NULL_VAL || status.value() == Accounts.status(a))) {
          put(a, group.next());
          count++;
        }
      }
    }
    group.resetCountToIndex();
    final boolean more = goesOn(walk, toAccount);
    accountsReply
        .more((short) (more ? 1 : 0))
        .nextAccount(more ? walk.id() : AccountsQueryReplyEncoder.nextAccountNullValue());
    return MessageHeaderEncoder.ENCODED_LENGTH + accountsReply.encodedLength();
  }

  private static boolean goesOn(AccountDirectory.Walk walk, long toAccount) {
    return walk.hasNext() && Long.compareUnsigned(walk.id(), toAccount) <= 0;
  }

  private void put(long a, AccountsQueryReplyEncoder.AccountsEncoder entry) {
    catchUp.project(a);
    entry
        .kind(AccountKind.get((short) Accounts.kind(a)))
        .accountStatus(AccountStatus.get((short) Accounts.status(a)))
        .account(Accounts.id(a))
        .coupon(catchUp.coupon)
        .pending(catchUp.pending)
        .coin(Accounts.coin(a))
        .points(state.lots.heldPoints(Accounts.lots(a), state.cohorts))
        .payable(Accounts.payable(a))
        .reserve(Accounts.reserve(a))
        .commission(Accounts.commission(a))
        .monthConsumption(catchUp.monthConsumption)
        .monthCredited(catchUp.monthCredited)
        .turnover(Accounts.turnover(a));
  }

  private int order(MutableDirectBuffer reply, int replyOffset) {
    final int slot = state.transactions.find(orderQuery.idLow(), orderQuery.idHigh());
    final long record = slot == 0 ? 0 : state.transactions.read(slot);
    final boolean found = slot != 0 && Transactions.kind(record) == Transactions.ORDER;
    final boolean accepted = found && Transactions.isAcceptedOrder(record);
    final Accounts accounts = state.accounts;
    if (accepted) {
      final int referrer = Transactions.referrer(record);
      parts.ofOrder(
          record,
          state.orderTerms.get(Transactions.terms(record)),
          Accounts.isConsumer(accounts.read(Transactions.buyer(record))),
          referrer != 0 && Accounts.isMerchant(accounts.read(referrer)));
    } else {
      parts.clear();
    }
    orderReply
        .wrapAndApplyHeader(reply, replyOffset, replyHeader)
        .correlationId(orderQuery.correlationId())
        .sequence(state.sequence)
        .status(found ? Status.OK : Status.ORDER_NOT_FOUND)
        .orderStatus(
            found ? ExactlyOnce.statusOf(Transactions.status(record)) : Status.ORDER_NOT_FOUND)
        .buyer(
            accepted
                ? accounts.idOf(Transactions.buyer(record))
                : found ? Transactions.word(record, 2) : 0)
        .merchant(
            accepted
                ? accounts.idOf(Transactions.merchant(record))
                : found ? Transactions.word(record, 3) : 0)
        .marketer(accepted ? accounts.idOf(Transactions.marketer(record)) : 0)
        .district(accepted ? accounts.idOf(Transactions.district(record)) : 0)
        .provincial(accepted ? accounts.idOf(Transactions.provincial(record)) : 0)
        .referrer(accepted ? accounts.idOf(Transactions.referrer(record)) : 0)
        .amount(found ? Transactions.amount(record) : 0)
        .coupon(found ? Transactions.coupon(record) : 0)
        .refunded(accepted ? Transactions.refunded(record) : 0)
        .concession(parts.concession)
        .incentive(parts.incentive)
        .payable(parts.payable)
        .marketerCommission(parts.marketer)
        .districtCommission(parts.district)
        .provincialCommission(parts.provincial)
        .coins(parts.coins)
        .buyerPoints(parts.buyerPoints)
        .merchantPoints(parts.merchantPoints)
        .referrerPoints(parts.referrerPoints)
        .referrerCoupons(parts.referrerCoupons)
        .channel(found ? Transactions.channel(record) : 0)
        .businessDay(found ? Transactions.day(record) : 0)
        .rateBps(accepted ? Transactions.rateBps(record) : 0);
    return MessageHeaderEncoder.ENCODED_LENGTH + orderReply.encodedLength();
  }

  private int pools(MutableDirectBuffer reply, int replyOffset) {
    poolsReply
        .wrapAndApplyHeader(reply, replyOffset, replyHeader)
        .correlationId(poolsQuery.correlationId())
        .sequence(state.sequence)
        .status(Status.OK);
    final Pool[] pools = state.pools();
    final PoolsQueryReplyEncoder.PoolsEncoder group = poolsReply.poolsCount(pools.length);
    for (final Pool pool : pools) {
      group.next().pool(pool.id).period(pool.period).value(pool.value).issued(pool.issued);
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + poolsReply.encodedLength();
  }

  private int trialBalance(MutableDirectBuffer reply, int replyOffset) {
    trialBalance.compute();
    trialBalanceReply
        .wrapAndApplyHeader(reply, replyOffset, replyHeader)
        .correlationId(trialBalanceQuery.correlationId())
        .sequence(state.sequence)
        .status(Status.OK)
        .age(0);
    final TrialBalanceQueryReplyEncoder.EntriesEncoder group =
        trialBalanceReply.entriesCount(trialBalance.size());
    for (int account = 0; account < Books.ACCOUNTS; account++) {
      if (trialBalance.isShown(account)) {
        group
            .next()
            .asset(Books.asset(account))
            .bookAccount(Books.name(account))
            .amount(trialBalance.amount(account));
      }
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + trialBalanceReply.encodedLength();
  }

  private int digest(MutableDirectBuffer reply, int replyOffset) {
    digest.compute();
    digestReply
        .wrapAndApplyHeader(reply, replyOffset, replyHeader)
        .correlationId(digestQuery.correlationId())
        .sequence(state.sequence)
        .status(Status.OK)
        .digestLow(digest.low)
        .digestHigh(digest.high)
        .time(state.time)
        .age(0);
    return MessageHeaderEncoder.ENCODED_LENGTH + digestReply.encodedLength();
  }

  private int sequence(MutableDirectBuffer reply, int replyOffset) {
    sequenceReply
        .wrapAndApplyHeader(reply, replyOffset, replyHeader)
        .correlationId(sequenceQuery.correlationId())
        .sequence(state.sequence)
        .status(Status.OK)
        .time(state.time)
        .businessOffsetMinutes(state.program.businessOffsetMinutes)
        .firstRememberedDay(firstRememberedDay())
        .orderWindowDays(state.program.orderWindowDays);
    return MessageHeaderEncoder.ENCODED_LENGTH + sequenceReply.encodedLength();
  }

  private int firstRememberedDay() {
    final int day = state.transactions.firstRememberedDay();
    return day == Transactions.NOTHING_FORGOTTEN
        ? SequenceQueryReplyEncoder.firstRememberedDayNullValue()
        : day;
  }
}
