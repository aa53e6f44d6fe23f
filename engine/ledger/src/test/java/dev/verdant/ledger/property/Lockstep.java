package dev.verdant.ledger.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.harness.ReplyBalances;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.ModelStatus;
import dev.verdant.ledger.model.OrderView;
import dev.verdant.ledger.model.Outcome;
import dev.verdant.ledger.model.WalkingModel;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Ledger and model side by side: after each command everything that can be seen is equal. */
final class Lockstep implements AutoCloseable {
  private final WalkingModel model;
  private final LedgerDriver ledger = new LedgerDriver();
  private final Set<BigInteger> orderIds = new HashSet<>();

  Lockstep(WalkingModel model) {
    this.model = model;
  }

  /** Applies a list that is known to the end, and compares after every command. */
  static void run(List<Command> commands) {
    try (Lockstep lockstep = new Lockstep(new WalkingModel())) {
      commands.forEach(lockstep::apply);
      lockstep.requireEqualOrders();
    }
  }

  ModelStatus apply(Command command) {
    Outcome expected = model.apply(command);
    assertThat(ledger.apply(command)).as("outcome of %s", command).isEqualTo(expected);
    if (isOfKnownAccounts(command)) {
      requireEqualBalances(command, ledger.lastBalances());
    }
    assertThat(ledger.accounts()).as("accounts after %s", command).isEqualTo(model.accounts());
    assertThat(ledger.pools()).as("pools after %s", command).isEqualTo(model.pools());
    Map<String, Map<String, Long>> trialBalance = ledger.trialBalance();
    assertThat(withoutZeros(trialBalance))
        .as("trial balance after %s", command)
        .isEqualTo(withoutZeros(model.trialBalance()));
    requireBalanced(trialBalance, command);
    if (command instanceof Command.Order order) {
      orderIds.add(order.id());
    }
    return expected.status();
  }

  /** Whether the reply carries balances, which it does after a rejection, too. */
  private boolean isOfKnownAccounts(Command command) {
    if (command instanceof Command.Order order) {
      return isKnown(order.buyer()) && isKnown(order.merchant());
    } else if (command instanceof Command.Refund refund) {
      return model.order(refund.order()).isPresent();
    }
    return true;
  }

  private boolean isKnown(long account) {
    return model.account(account).isPresent();
  }

  /** What a reply carries is what the model's accounts hold. */
  private void requireEqualBalances(Command command, ReplyBalances balances) {
    if (command instanceof Command.Order order) {
      requireOrderReply(command, order.buyer(), order.merchant(), balances);
    } else if (command instanceof Command.Refund refund) {
      OrderView order = model.order(refund.order()).orElseThrow();
      requireOrderReply(command, order.buyer(), order.merchant(), balances);
    } else if (command instanceof Command.SettleChannel) {
      Map<String, Long> cny = model.trialBalance().getOrDefault("CNY", Map.of());
      assertThat(balances)
          .as("reply to %s", command)
          .isEqualTo(
              new ReplyBalances(
                  "SettlementReply",
                  List.of(
                      cny.getOrDefault("CHANNEL_CLEARING", 0L), cny.getOrDefault("CUSTODY", 0L))));
    } else {
      accountOf(command).ifPresent(account -> requireAccountReply(command, account, balances));
    }
  }

  private void requireOrderReply(
      Command command, long buyerId, long merchantId, ReplyBalances balances) {
    AccountView buyer = model.account(buyerId).orElseThrow();
    AccountView merchant = model.account(merchantId).orElseThrow();
    assertThat(balances)
        .as("reply to %s", command)
        .isEqualTo(
            new ReplyBalances(
                "OrderReply",
                List.of(
                    buyer.coupon(),
                    buyer.pending(),
                    buyer.coin(),
                    merchant.payable(),
                    merchant.reserve())));
  }

  private static void requireAccountReply(
      Command command, AccountView account, ReplyBalances balances) {
    assertThat(balances)
        .as("reply to %s", command)
        .isEqualTo(
            new ReplyBalances(
                "AccountReply",
                List.of(
                    account.coupon(),
                    account.pending(),
                    account.coin(),
                    account.payable(),
                    account.reserve(),
                    account.commission(),
                    account.points())));
  }

  private Optional<AccountView> accountOf(Command command) {
    if (command instanceof Command.OpenAccount c) {
      return model.account(c.account());
    } else if (command instanceof Command.UpdateAccount c) {
      return model.account(c.account());
    } else if (command instanceof Command.Issue c) {
      return model.account(c.account());
    } else if (command instanceof Command.RedeemCoins c) {
      return model.account(c.account());
    } else if (command instanceof Command.Payout c) {
      return model.account(c.account());
    } else if (command instanceof Command.ReleaseReserve c) {
      return model.account(c.account());
    }
    return Optional.empty();
  }

  void requireEqualOrders() {
    for (BigInteger id : orderIds) {
      assertThat(ledger.order(id)).as("order %s", id).isEqualTo(model.order(id));
    }
  }

  private static void requireBalanced(
      Map<String, Map<String, Long>> trialBalance, Command command) {
    trialBalance.forEach(
        (asset, amounts) ->
            assertThat(
                    amounts.values().stream()
                        .map(BigInteger::valueOf)
                        .reduce(BigInteger.ZERO, BigInteger::add))
                .as("sum of %s after %s", asset, command)
                .isEqualTo(BigInteger.ZERO));
  }

  /** A trial balance in which a missing account and one of 0 are the same. */
  private static Map<String, Map<String, Long>> withoutZeros(
      Map<String, Map<String, Long>> trialBalance) {
    Map<String, Map<String, Long>> result = new TreeMap<>();
    trialBalance.forEach(
        (asset, amounts) -> {
          Map<String, Long> nonZero = new TreeMap<>(amounts);
          nonZero.values().removeIf(amount -> amount == 0);
          if (!nonZero.isEmpty()) {
            result.put(asset, nonZero);
          }
        });
    return result;
  }

  @Override
  public void close() {
    ledger.close();
  }
}
