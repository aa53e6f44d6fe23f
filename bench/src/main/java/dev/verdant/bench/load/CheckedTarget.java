package dev.verdant.bench.load;

import dev.verdant.bench.workload.AccountMessages;
import dev.verdant.bench.workload.Calendar;
import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.ExpectedAccounts;
import dev.verdant.bench.workload.MessageSource;
import dev.verdant.bench.workload.PoolPeriods;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Totals;
import java.util.Arrays;

/**
 * A ledger that was empty, of which every command must be answered OK, and whose books and accounts
 * must show in the end what was sent. Counts the days: whoever trades on it begins each here.
 *
 * <p>One thread at a time.
 */
public final class CheckedTarget {
  /**
   * If what a release pays a point on average comes to so much for the points of the watched
   * members, some of them get some of it, however little each loses by rounding.
   */
  private static final double SURELY_PAID_FEN = 2_000;

  private final LoadTarget target;
  private final ExpectedAccounts accounts;
  private final PoolPeriods[] pools = new PoolPeriods[ControlMessages.POOLS];
  private final Timeline unmeasured = new Timeline();
  private Totals expected = Totals.NONE;
  private long commands;
  private int day;
  private long ordersBefore;
  private boolean tradedTheDayBefore;
  private long releasedFen;
  private boolean someoneHasCoupons;

  /** Nothing has been sent yet. */
  public CheckedTarget(LoadTarget target, Population population) {
    this.target = target;
    this.accounts = new ExpectedAccounts(population);
    Arrays.setAll(pools, pool -> new PoolPeriods());
  }

  /**
   * Sends commands; returns the nanoseconds that they took.
   *
   * @throws WrongResultException if one is not answered OK.
   */
  public long send(MessageSource source, long from, long to) {
    final OkReplies replies = new OkReplies();
    final long nanos = target.run(source, from, to, replies, unmeasured);
    WrongResultException.require("replies", to - from, replies.count());
    commands += to - from;
    return nanos;
  }

  /** Sets the program: a period may open every day. */
  public void configure(Population population) {
    send(ControlMessages.program(population.profile()), 0, 1);
  }

  /** Opens every account; returns the nanoseconds that it took. */
  public long open(Population population) {
    return send(
        new AccountMessages(population, Calendar.timeMillis(day)), 0, population.accounts());
  }

  /** Begins the next day; returns its number, 1 for the first. */
  public int beginDay() {
    tradedTheDayBefore = expected.orders() > ordersBefore;
    ordersBefore = expected.orders();
    return ++day;
  }

  /** Number of the day, 0 before the first. */
  public int day() {
    return day;
  }

  /**
   * Releases the day's pools, so that a period of each opens; returns the nanoseconds of the one
   * that took longer.
   *
   * @throws WrongResultException if one opens, or releases, something else than it must.
   */
  public long release() {
    long nanos = 0;
    for (int pool = 0; pool < ControlMessages.POOLS; pool++) {
      nanos = Math.max(nanos, release(pool));
    }
    return nanos;
  }

  private long release(int pool) {
    final boolean opens = pools[pool].run(expected.issuedCp(pool + 1));
    // The first pool may use up the day's budget, so that the next has to wait for another day.
    final boolean pays = opens && tradedTheDayBefore && pool == 0;
    final ReleaseCheck check = new ReleaseCheck(pools[pool], opens, pays);
    final long nanos = target.run(ControlMessages.releases(day), pool, pool + 1, check, unmeasured);
    WrongResultException.require("releases", 1, check.count());
    commands++;
    releasedFen += check.releasedFen();
    someoneHasCoupons |= pays && watchedShareFen(check.releasedFen()) >= SURELY_PAID_FEN;
    return nanos;
  }

  /** Of a release of the members' pool; a coin comes with each of a buyer's points. */
  private double watchedShareFen(long poolFen) {
    return (double) poolFen / expected.issuedCp(1) * accounts.memberCoinsCc();
  }

  /** Notes what commands must add to the books. */
  public void expect(Totals totals) {
    expected = expected.plus(totals);
  }

  /** Notes commands that someone else sends through the target, all to be answered OK. */
  public void expectCommands(long count) {
    commands += count;
  }

  /** What the books must show. */
  public Totals expected() {
    return expected;
  }

  /** What watched accounts must hold, for whoever draws orders. */
  public ExpectedAccounts accounts() {
    return accounts;
  }

  /** What the ledger must show now. */
  public Expectation expectation() {
    return new Expectation(expected, releasedFen, someoneHasCoupons, accounts.balances(), commands);
  }

  /**
   * Checks books and watched accounts.
   *
   * @throws WrongResultException naming the first that differs.
   */
  public void verify() {
    expectation().verify(target);
  }
}
