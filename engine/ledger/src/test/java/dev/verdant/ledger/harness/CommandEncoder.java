package dev.verdant.ledger.harness;

import dev.verdant.ledger.model.Command;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.IssueEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.PayoutEncoder;
import dev.verdant.protocol.codec.RedeemCoinsEncoder;
import dev.verdant.protocol.codec.RefundEncoder;
import dev.verdant.protocol.codec.ReleaseEncoder;
import dev.verdant.protocol.codec.ReleaseReserveEncoder;
import dev.verdant.protocol.codec.SettleChannelEncoder;
import dev.verdant.protocol.codec.UpdateAccountEncoder;
import java.math.BigInteger;
import org.agrona.MutableDirectBuffer;

/** Turns a command of the model into a wire message. */
final class CommandEncoder {
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final ConfigureMessage configure = new ConfigureMessage();
  private final OpenAccountEncoder openAccount = new OpenAccountEncoder();
  private final UpdateAccountEncoder updateAccount = new UpdateAccountEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private final RefundEncoder refund = new RefundEncoder();
  private final IssueEncoder issue = new IssueEncoder();
  private final RedeemCoinsEncoder redeemCoins = new RedeemCoinsEncoder();
  private final PayoutEncoder payout = new PayoutEncoder();
  private final ReleaseReserveEncoder releaseReserve = new ReleaseReserveEncoder();
  private final SettleChannelEncoder settleChannel = new SettleChannelEncoder();
  private final ReleaseEncoder release = new ReleaseEncoder();

  /** Writes the message with its SBE header at 0 and returns its length. */
  int encode(Command command, long correlationId, MutableDirectBuffer buffer) {
    return MessageHeaderEncoder.ENCODED_LENGTH + body(command, correlationId, buffer);
  }

  private int body(Command command, long correlationId, MutableDirectBuffer buffer) {
    if (command instanceof Command.Order c) {
      return order(c, correlationId, buffer);
    } else if (command instanceof Command.Refund c) {
      return refund(c, correlationId, buffer);
    } else if (command instanceof Command.Release c) {
      return release(c, correlationId, buffer);
    } else if (command instanceof Command.Configure c) {
      return configure.encode(c, correlationId, buffer, header);
    } else if (command instanceof Command.OpenAccount c) {
      return openAccount(c, correlationId, buffer);
    } else if (command instanceof Command.UpdateAccount c) {
      return updateAccount(c, correlationId, buffer);
    } else if (command instanceof Command.Issue c) {
      return issue(c, correlationId, buffer);
    } else if (command instanceof Command.RedeemCoins c) {
      return redeemCoins(c, correlationId, buffer);
    } else if (command instanceof Command.Payout c) {
      return payout(c, correlationId, buffer);
    } else if (command instanceof Command.ReleaseReserve c) {
      return releaseReserve(c, correlationId, buffer);
    } else if (command instanceof Command.SettleChannel c) {
      return settleChannel(c, correlationId, buffer);
    }
    throw new AssertionError(command);
  }

  private int openAccount(Command.OpenAccount c, long correlationId, MutableDirectBuffer buffer) {
    openAccount
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .account(c.account())
        .kind(AccountKind.valueOf(c.kind().name()));
    openAccount
        .fields()
        .clear()
        .pool(c.terms().pool() != null)
        .plan(c.terms().plan() != null)
        .concessionBps(c.terms().concessionBps() != null)
        .referrer(c.terms().referrer() != null)
        .marketer(c.terms().marketer() != null)
        .district(c.terms().district() != null)
        .provincial(c.terms().provincial() != null);
    openAccount
        .pool(orZero(c.terms().pool()))
        .plan(orZero(c.terms().plan()))
        .concessionBps(orZero(c.terms().concessionBps()))
        .referrer(orZero(c.terms().referrer()))
        .marketer(orZero(c.terms().marketer()))
        .district(orZero(c.terms().district()))
        .provincial(orZero(c.terms().provincial()));
    return openAccount.encodedLength();
  }

  private int updateAccount(
      Command.UpdateAccount c, long correlationId, MutableDirectBuffer buffer) {
    updateAccount
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .account(c.account())
        .status(
            c.status() == null ? AccountStatus.NULL_VAL : AccountStatus.valueOf(c.status().name()));
    updateAccount
        .fields()
        .clear()
        .pool(c.terms().pool() != null)
        .plan(c.terms().plan() != null)
        .concessionBps(c.terms().concessionBps() != null)
        .referrer(c.terms().referrer() != null)
        .marketer(c.terms().marketer() != null)
        .district(c.terms().district() != null)
        .provincial(c.terms().provincial() != null)
        .status(c.status() != null);
    updateAccount
        .pool(orZero(c.terms().pool()))
        .plan(orZero(c.terms().plan()))
        .concessionBps(orZero(c.terms().concessionBps()))
        .referrer(orZero(c.terms().referrer()))
        .marketer(orZero(c.terms().marketer()))
        .district(orZero(c.terms().district()))
        .provincial(orZero(c.terms().provincial()));
    return updateAccount.encodedLength();
  }

  private int order(Command.Order c, long correlationId, MutableDirectBuffer buffer) {
    return order
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .idLow(low(c.id()))
        .idHigh(high(c.id()))
        .buyer(c.buyer())
        .merchant(c.merchant())
        .amount(c.amount())
        .coupon(c.coupon())
        .channel(c.channel())
        .encodedLength();
  }

  private int refund(Command.Refund c, long correlationId, MutableDirectBuffer buffer) {
    return refund
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .idLow(low(c.id()))
        .idHigh(high(c.id()))
        .orderLow(low(c.order()))
        .orderHigh(high(c.order()))
        .amount(c.amount())
        .encodedLength();
  }

  private int issue(Command.Issue c, long correlationId, MutableDirectBuffer buffer) {
    return issue
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .idLow(low(c.id()))
        .idHigh(high(c.id()))
        .account(c.account())
        .points(c.points())
        .pool(c.pool() == null ? IssueEncoder.poolNullValue() : c.pool())
        .plan(c.plan() == null ? IssueEncoder.planNullValue() : c.plan())
        .reason(c.reason())
        .encodedLength();
  }

  private int redeemCoins(Command.RedeemCoins c, long correlationId, MutableDirectBuffer buffer) {
    return redeemCoins
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .idLow(low(c.id()))
        .idHigh(high(c.id()))
        .account(c.account())
        .coins(c.coins())
        .encodedLength();
  }

  private int payout(Command.Payout c, long correlationId, MutableDirectBuffer buffer) {
    return payout
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .idLow(low(c.id()))
        .idHigh(high(c.id()))
        .account(c.account())
        .amount(c.amount())
        .balance(PayoutBalance.valueOf(c.balance().name()))
        .encodedLength();
  }

  private int releaseReserve(
      Command.ReleaseReserve c, long correlationId, MutableDirectBuffer buffer) {
    return releaseReserve
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .idLow(low(c.id()))
        .idHigh(high(c.id()))
        .account(c.account())
        .amount(c.amount())
        .encodedLength();
  }

  private int settleChannel(
      Command.SettleChannel c, long correlationId, MutableDirectBuffer buffer) {
    return settleChannel
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .idLow(low(c.id()))
        .idHigh(high(c.id()))
        .amount(c.amount())
        .channel(c.channel())
        .encodedLength();
  }

  private int release(Command.Release c, long correlationId, MutableDirectBuffer buffer) {
    return release
        .wrapAndApplyHeader(buffer, 0, header)
        .correlationId(correlationId)
        .time(c.time())
        .pool(c.pool())
        .day(c.day() == null ? ReleaseEncoder.dayNullValue() : Math.toIntExact(c.day()))
        .encodedLength();
  }

  static long low(BigInteger id) {
    return id.longValue();
  }

  static long high(BigInteger id) {
    return id.shiftRight(Long.SIZE).longValue();
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }

  private static long orZero(Long value) {
    return value == null ? 0 : value;
  }
}
