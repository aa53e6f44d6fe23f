package dev.verdant.ledger.property;

import dev.verdant.ledger.model.Command;

/** The same transaction again, with the same content or with another. */
final class Retries {
  private Retries() {}

  static Command of(Command.Transaction earlier, long time, boolean isOther) {
    long more = isOther ? 1 : 0;
    if (earlier instanceof Command.Order c) {
      return new Command.Order(
          time, c.id(), c.buyer(), c.merchant(), c.amount(), c.coupon(), c.channel() + (int) more);
    } else if (earlier instanceof Command.Refund c) {
      return new Command.Refund(time, c.id(), c.order(), otherAmount(c.amount(), more));
    } else if (earlier instanceof Command.Issue c) {
      return new Command.Issue(
          time, c.id(), c.account(), c.points(), c.pool(), c.plan(), c.reason() + (int) more);
    } else if (earlier instanceof Command.RedeemCoins c) {
      return new Command.RedeemCoins(time, c.id(), c.account(), otherAmount(c.coins(), more));
    } else if (earlier instanceof Command.Payout c) {
      return new Command.Payout(
          time, c.id(), c.account(), c.balance(), otherAmount(c.amount(), more));
    } else if (earlier instanceof Command.ReleaseReserve c) {
      return new Command.ReleaseReserve(time, c.id(), c.account() + more, c.amount());
    } else if (earlier instanceof Command.SettleChannel c) {
      return new Command.SettleChannel(time, c.id(), c.channel() + (int) more, c.amount());
    }
    throw new AssertionError(earlier);
  }

  private static long otherAmount(long amount, long more) {
    return amount == Long.MAX_VALUE ? amount - more : amount + more;
  }
}
