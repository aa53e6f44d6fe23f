package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole rulebook: a command in, an outcome and views out. */
public final class WalkingModel {
  private final State state = new State();
  private final Transactions transactions = new Transactions();
  private final PointRules points = new PointRules(state);
  private final AccountRules accountRules = new AccountRules(state);
  private final OrderRules orderRules = new OrderRules(state, points);
  private final RefundRules refundRules = new RefundRules(state, points);
  private final MoneyRules moneyRules = new MoneyRules(state, points);
  private final ReleaseRules releaseRules = new ReleaseRules(state);

  /** Applies one command; a refused one changes nothing but engine time. */
  public Outcome apply(Command command) {
    state.advance(command.time());
    forget();
    if (!(command instanceof Command.Transaction transaction)) {
      return attempt(() -> applyPlain(command), command);
    }
    if (transaction.id().signum() == 0) {
      return Outcome.of(ModelStatus.INVALID_ID);
    }
    if (transactions.isForgotten(transaction.id())) {
      state.count(Event.FORGOTTEN_ID_USED_AGAIN);
    }
    ModelStatus known = transactions.answerTo(transaction);
    if (known != null) {
      return Outcome.of(known);
    }
    OrderRecord[] order = new OrderRecord[1];
    Outcome outcome = attempt(() -> applyTransaction(transaction, order), command);
    if (outcome.status() != ModelStatus.INVALID_AMOUNT) {
      OrderRecord accepted = outcome.status() == ModelStatus.OK ? order[0] : null;
      transactions.remember(transaction, state.today(), outcome.status(), accepted);
    }
    return outcome;
  }

  private void forget() {
    transactions.forget(state.today(), state.program.number("order_window_days"));
  }

  private interface Attempt {
    Outcome run();
  }

  private Outcome attempt(Attempt attempt, Command command) {
    state.changes.begin();
    state.books.begin();
    try {
      Outcome outcome = attempt.run();
      state.changes.requireNoOverflow();
      state.books.requireBalanced(command);
      return outcome;
    } catch (Refusal refusal) {
      state.changes.takeBack();
      return Outcome.of(refusal.status);
    }
  }

  private Outcome applyPlain(Command command) {
    if (command instanceof Command.Release release) {
      return releaseRules.apply(release);
    } else if (command instanceof Command.Configure configure) {
      configure(configure.change());
    } else if (command instanceof Command.OpenAccount open) {
      accountRules.open(open);
    } else if (command instanceof Command.UpdateAccount update) {
      accountRules.update(update);
    } else {
      throw new AssertionError(command);
    }
    return Outcome.of(ModelStatus.OK);
  }

  private Outcome applyTransaction(Command.Transaction command, OrderRecord[] newOrder) {
    if (command instanceof Command.Order order) {
      newOrder[0] = orderRules.apply(order);
    } else if (command instanceof Command.Refund refund) {
      Refusal.unless(Amounts.isValid(refund.amount()), ModelStatus.INVALID_AMOUNT);
      refundRules.apply(transactions.order(refund.order()), BigInteger.valueOf(refund.amount()));
    } else if (command instanceof Command.Issue issue) {
      moneyRules.issue(issue);
    } else if (command instanceof Command.RedeemCoins redeem) {
      moneyRules.redeemCoins(redeem);
    } else if (command instanceof Command.Payout payout) {
      moneyRules.payout(payout);
    } else if (command instanceof Command.ReleaseReserve release) {
      moneyRules.releaseReserve(release);
    } else if (command instanceof Command.SettleChannel settle) {
      moneyRules.settleChannel(settle);
    } else {
      throw new AssertionError(command);
    }
    return Outcome.of(ModelStatus.OK);
  }

  private void configure(ProgramChange change) {
    Program changed = state.program.with(change);
    int offset = changed.number("business_offset_minutes");
    boolean isEmpty = state.accounts.isEmpty();
    Refusal.unless(
        isEmpty || offset == state.program.number("business_offset_minutes"),
        ModelStatus.INVALID_PROGRAM);
    state.program = changed;
    state.addPools();
    forget();
    if (isEmpty) {
      state.monthlyValveBps = changed.number("monthly_valve_bps");
    }
  }

  /** The current business day, days since the epoch. */
  public long today() {
    return state.today();
  }

  /** How often each rare situation was met. */
  public Map<Event, Integer> events() {
    return state.events;
  }

  /** One account. */
  public Optional<AccountView> account(long id) {
    return Optional.ofNullable(state.accounts.get(id)).map(WalkingModel::view);
  }

  /** An accepted order as far as it is remembered. */
  public Optional<OrderView> order(BigInteger id) {
    return transactions.find(id).map(OrderRecord::view);
  }

  /** Every account in ascending unsigned order of ids. */
  public List<AccountView> accounts() {
    return state.accounts.values().stream().map(WalkingModel::view).toList();
  }

  private static AccountView view(Account account) {
    BigInteger points =
        account.lots.values().stream()
            .map(lot -> lot.points.value())
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new AccountView(
        account.id,
        account.kind.name(),
        account.status.name(),
        amount(account.coupon),
        amount(account.pending),
        amount(account.coin),
        points.longValueExact(),
        amount(account.payable),
        amount(account.reserve),
        amount(account.commission),
        amount(account.monthConsumption),
        amount(account.monthCredited),
        amount(account.turnover));
  }

  /** Every pool in ascending order of ids. */
  public List<PoolView> pools() {
    return state.pools.values().stream()
        .map(
            pool ->
                new PoolView(
                    pool.id, pool.period, pool.value.longValueExact(), amount(pool.issued)))
        .toList();
  }

  /** Amounts by asset and account; an account without postings may be missing. */
  public Map<String, Map<String, Long>> trialBalance() {
    return state.books.trialBalance();
  }

  private static long amount(Cell cell) {
    return cell.value().longValueExact();
  }
}
