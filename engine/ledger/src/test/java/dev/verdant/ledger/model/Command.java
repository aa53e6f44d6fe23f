package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** The commands of rulebook sections 2 to 8; null where a field is not given. */
public sealed interface Command {
  /** Milliseconds since the epoch. */
  long time();

  /** A command that is applied exactly once, rulebook section 9. */
  sealed interface Transaction extends Command {
    BigInteger id();

    /** What must be the same in a retry. */
    List<Object> content();
  }

  record Configure(long time, ProgramChange change) implements Command {}

  record OpenAccount(long time, long account, Kind kind, Terms terms) implements Command {}

  record UpdateAccount(long time, long account, Terms terms, AccountState status)
      implements Command {}

  record Order(
      long time, BigInteger id, long buyer, long merchant, long amount, long coupon, int channel)
      implements Transaction {
    @Override
    public List<Object> content() {
      return Arrays.asList("order", buyer, merchant, amount, coupon, channel);
    }
  }

  record Refund(long time, BigInteger id, BigInteger order, long amount) implements Transaction {
    @Override
    public List<Object> content() {
      return Arrays.asList("refund", order, amount);
    }
  }

  record Issue(
      long time, BigInteger id, long account, long points, Integer pool, Integer plan, int reason)
      implements Transaction {
    @Override
    public List<Object> content() {
      return Arrays.asList("issue", account, points, pool, plan, reason);
    }
  }

  record RedeemCoins(long time, BigInteger id, long account, long coins) implements Transaction {
    @Override
    public List<Object> content() {
      return Arrays.asList("redeem-coins", account, coins);
    }
  }

  record Payout(long time, BigInteger id, long account, Balance balance, long amount)
      implements Transaction {
    @Override
    public List<Object> content() {
      return Arrays.asList("payout", account, balance, amount);
    }
  }

  record ReleaseReserve(long time, BigInteger id, long account, long amount)
      implements Transaction {
    @Override
    public List<Object> content() {
      return Arrays.asList("release-reserve", account, amount);
    }
  }

  record SettleChannel(long time, BigInteger id, int channel, long amount) implements Transaction {
    @Override
    public List<Object> content() {
      return Arrays.asList("settle-channel", channel, amount);
    }
  }

  record Release(long time, int pool, Long day) implements Command {}
}
