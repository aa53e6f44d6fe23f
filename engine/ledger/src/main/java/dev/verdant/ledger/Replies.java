package dev.verdant.ledger;

import dev.verdant.ledger.message.MessageMemory;
import dev.verdant.ledger.message.OrderReplyMessage;
import dev.verdant.protocol.codec.AccountReplyEncoder;
import dev.verdant.protocol.codec.CommandReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReleaseReplyEncoder;
import dev.verdant.protocol.codec.SettlementReplyEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the replies to commands: status, sequence, and the balances that the command changed, so
 * that no second call is needed. After a rejection the balances are as they stand. What would have
 * to be read for them alone is left out of the reply to an order or a refund: points, which are
 * spread over lots, a merchant's coupons, and the accounts of referrer and agents.
 */
final class Replies {
  private final LedgerState state;
  private final CatchUp catchUp;
  private final MessageMemory memory = new MessageMemory();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final CommandReplyEncoder commandReply = new CommandReplyEncoder();
  private final AccountReplyEncoder accountReply = new AccountReplyEncoder();
  private final ReleaseReplyEncoder releaseReply = new ReleaseReplyEncoder();
  private final SettlementReplyEncoder settlementReply = new SettlementReplyEncoder();

  private MutableDirectBuffer buffer;
  private int offset;
  private long sequence;

  Replies(LedgerState state, CatchUp catchUp) {
    this.state = state;
    this.catchUp = catchUp;
  }

  /** Sets where the next reply goes and of which command it is. */
  void to(MutableDirectBuffer newBuffer, int newOffset, long newSequence) {
    buffer = newBuffer;
    offset = newOffset;
    sequence = newSequence;
  }

  int command(long correlationId, Status status) {
    commandReply
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(correlationId)
        .sequence(sequence)
        .status(status);
    return MessageHeaderEncoder.ENCODED_LENGTH + commandReply.encodedLength();
  }

  /**
   * To an order or a refund.
   *
   * @param b address of the buyer, which has caught up; 0 where it is not there.
   * @param m address of the merchant, 0 where it is not there.
   */
  int order(long correlationId, Status status, long b, long m) {
    final long reply = memory.write(buffer, offset, OrderReplyMessage.LENGTH);
    OrderReplyMessage.begin(reply, correlationId, sequence, status);
    if (b == 0) {
      OrderReplyMessage.buyer(reply, 0, 0, 0);
    } else {
      OrderReplyMessage.buyer(reply, Accounts.coupon(b), Accounts.pending(b), Accounts.coin(b));
    }
    if (m == 0) {
      OrderReplyMessage.merchant(reply, 0, 0);
    } else {
      OrderReplyMessage.merchant(reply, Accounts.payable(m), Accounts.reserve(m));
    }
    memory.written(buffer, offset, OrderReplyMessage.LENGTH);
    return OrderReplyMessage.LENGTH;
  }

  /** To a command on one account; where the account is not there, only status and sequence. */
  int account(long correlationId, Status status, int account) {
    if (account == 0) {
      return command(correlationId, status);
    }
    final long a = state.accounts.read(account);
    catchUp.project(a);
    accountReply
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(correlationId)
        .sequence(sequence)
        .status(status)
        .coupon(catchUp.coupon)
        .pending(catchUp.pending)
        .coin(Accounts.coin(a))
        .payable(Accounts.payable(a))
        .reserve(Accounts.reserve(a))
        .commission(Accounts.commission(a))
        .points(state.lots.heldPoints(Accounts.lots(a), state.cohorts));
    return MessageHeaderEncoder.ENCODED_LENGTH + accountReply.encodedLength();
  }

  int release(long correlationId, Status status, ReleaseRules run) {
    releaseReply
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(correlationId)
        .sequence(sequence)
        .status(status)
        .opened((short) (run.opened ? 1 : 0))
        .period(run.period)
        .value(run.value)
        .released(run.released)
        .backlog(run.backlog);
    return MessageHeaderEncoder.ENCODED_LENGTH + releaseReply.encodedLength();
  }

  int settlement(long correlationId, Status status) {
    settlementReply
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(correlationId)
        .sequence(sequence)
        .status(status)
        .clearing(state.books.balance(Books.CHANNEL_CLEARING))
        .custody(state.books.balance(Books.CUSTODY));
    return MessageHeaderEncoder.ENCODED_LENGTH + settlementReply.encodedLength();
  }
}
