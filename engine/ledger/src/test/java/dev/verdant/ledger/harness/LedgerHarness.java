package dev.verdant.ledger.harness;

import dev.verdant.ledger.model.AccountState;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.Balance;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.ModelStatus;
import dev.verdant.ledger.model.Outcome;
import dev.verdant.ledger.model.Policy;
import dev.verdant.ledger.model.PoolView;
import dev.verdant.ledger.model.ProgramChange;
import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import dev.verdant.ledger.model.Terms;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/**
 * Base of the example tests: a ledger and short words for its commands. Time stands still until a
 * test moves it; dates are business days of the default offset, +08:00.
 */
public abstract class LedgerHarness extends LeakGuarded {
  private static final ZoneOffset BUSINESS = ZoneOffset.ofHours(8);

  private final LedgerDriver ledger = new LedgerDriver();
  private long time = millis("2025-01-20T09:00");

  @AfterEach
  final void closeLedger() {
    ledger.close();
  }

  private static long millis(String dateTime) {
    return LocalDateTime.parse(dateTime).toInstant(BUSINESS).toEpochMilli();
  }

  /** Moves to a business day and time of day, such as {@code 2025-01-31T23:59}. */
  protected final void at(String dateTime) {
    time = millis(dateTime);
  }

  protected final Outcome apply(Command command) {
    return ledger.apply(command);
  }

  private ModelStatus status(Command command) {
    return ledger.apply(command).status();
  }

  protected final ModelStatus configure(Map<String, Integer> numbers) {
    return configure(ProgramChange.of(numbers));
  }

  protected final ModelStatus configure(ProgramChange change) {
    return status(new Command.Configure(time, change));
  }

  protected final ModelStatus policy(Policy policy) {
    return configure(new ProgramChange(Map.of(), policy, null, null, null));
  }

  protected final ModelStatus channels(Channel... channels) {
    return configure(new ProgramChange(Map.of(), null, List.of(channels), null, null));
  }

  protected final ModelStatus pools(PoolTerms... pools) {
    return configure(new ProgramChange(Map.of(), null, null, List.of(pools), null));
  }

  protected final ModelStatus plans(PlanTerms... plans) {
    return configure(new ProgramChange(Map.of(), null, null, null, List.of(plans)));
  }

  protected final ModelStatus open(long account, Kind kind) {
    return open(account, kind, Terms.NONE);
  }

  protected final ModelStatus open(long account, Kind kind, Terms terms) {
    return status(new Command.OpenAccount(time, account, kind, terms));
  }

  protected final ModelStatus consumer(long account) {
    return open(account, Kind.CONSUMER);
  }

  protected final ModelStatus merchant(long account, int concessionBps) {
    return open(account, Kind.MERCHANT, rate(concessionBps));
  }

  protected static Terms rate(Integer concessionBps) {
    return new Terms(null, null, concessionBps, null, null, null, null);
  }

  protected static Terms referredBy(long referrer) {
    return new Terms(null, null, null, referrer, null, null, null);
  }

  protected static Terms poolAndPlan(Integer pool, Integer plan) {
    return new Terms(pool, plan, null, null, null, null, null);
  }

  protected final ModelStatus update(long account, Terms terms) {
    return status(new Command.UpdateAccount(time, account, terms, null));
  }

  protected final ModelStatus update(long account, AccountState state) {
    return status(new Command.UpdateAccount(time, account, Terms.NONE, state));
  }

  protected final ModelStatus order(long id, long buyer, long merchant, long amount) {
    return order(id, buyer, merchant, amount, 0, 1);
  }

  protected final ModelStatus order(
      long id, long buyer, long merchant, long amount, long coupon, int channel) {
    return status(
        new Command.Order(time, BigInteger.valueOf(id), buyer, merchant, amount, coupon, channel));
  }

  protected final ModelStatus refund(long id, long order, long amount) {
    return status(
        new Command.Refund(time, BigInteger.valueOf(id), BigInteger.valueOf(order), amount));
  }

  protected final ModelStatus issue(long id, long account, long points) {
    return issue(id, account, points, null, null);
  }

  protected final ModelStatus issue(
      long id, long account, long points, Integer pool, Integer plan) {
    return status(new Command.Issue(time, BigInteger.valueOf(id), account, points, pool, plan, 0));
  }

  protected final ModelStatus redeemCoins(long id, long account, long coins) {
    return status(new Command.RedeemCoins(time, BigInteger.valueOf(id), account, coins));
  }

  protected final ModelStatus payout(long id, long account, Balance balance, long amount) {
    return status(new Command.Payout(time, BigInteger.valueOf(id), account, balance, amount));
  }

  protected final ModelStatus releaseReserve(long id, long account, long amount) {
    return status(new Command.ReleaseReserve(time, BigInteger.valueOf(id), account, amount));
  }

  protected final ModelStatus settleChannel(long id, int channel, long amount) {
    return status(new Command.SettleChannel(time, BigInteger.valueOf(id), channel, amount));
  }

  protected final Outcome release(int pool) {
    return ledger.apply(new Command.Release(time, pool, null));
  }

  protected final ModelStatus release(int pool, String day) {
    return status(new Command.Release(time, pool, LocalDate.parse(day).toEpochDay()));
  }

  /** The outcome of a run that was accepted. */
  protected static Outcome ran(
      boolean opened, int period, long value, long released, long backlog) {
    return new Outcome(ModelStatus.OK, new Outcome.Run(opened, period, value, released, backlog));
  }

  protected final AccountView account(long id) {
    return ledger.account(id);
  }

  protected final PoolView pool(int id) {
    return ledger.pools().stream().filter(pool -> pool.pool() == id).findFirst().orElseThrow();
  }

  /** An amount of the books, 0 where there is none. */
  protected final long books(String asset, String account) {
    return ledger.trialBalance().getOrDefault(asset, Map.of()).getOrDefault(account, 0L);
  }

  protected final LedgerDriver ledger() {
    return ledger;
  }
}
