package dev.verdant.bench.load;

import dev.verdant.bench.workload.AccountMessages;
import dev.verdant.bench.workload.Calendar;
import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.MessageSource;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Totals;

/**
 * A ledger that was empty, of which every command must be answered OK, and whose books must show in
 * the end what was sent. Counts the days: whoever trades on it begins each here.
 *
 * <p>One thread at a time.
 */
public final class CheckedTarget {
  private final LoadTarget target;
  private final Timeline unmeasured = new Timeline();
  private Totals expected = Totals.NONE;
  private long commands;
  private int day;

  /** Nothing has been sent yet. */
  public CheckedTarget(LoadTarget target) {
    this.target = target;
  }

  /**
   * Sends commands; returns the nanoseconds that they took.
   *
   * @throws WrongResultException if one is not answered OK.
   */
  public long send(MessageSource source, long from, long to) {
    final OkReplies replies = new OkReplies();
    final long nanos = target.run(source, from, to, replies, unmeasured);
    require("replies", to - from, replies.count());
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
    return ++day;
  }

  /** Number of the day, 0 before the first. */
  public int day() {
    return day;
  }

  /** Releases the day's pools, so that a period opens; returns the first pool's nanoseconds. */
  public long release() {
    final long nanos = send(ControlMessages.releases(day), 0, 1);
    send(ControlMessages.releases(day), 1, ControlMessages.POOLS);
    return nanos;
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

  /** A check of the books as they must be now. */
  public BooksCheck books() {
    return new BooksCheck(expected, commands);
  }

  /**
   * Asks for the trial balance and checks it: every asset sums to zero, the sequence and the totals
   * are those expected.
   *
   * @throws WrongResultException naming the first that differs.
   */
  public void verify() {
    verify(target, books());
  }

  /** Checks any ledger. */
  public static void verify(LoadTarget target, BooksCheck books) {
    target.run(ControlMessages.trialBalanceQuery(), 0, 1, books, new Timeline());
    require("trial balances", 1, books.count());
  }

  static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new WrongResultException(found + " " + what + " instead of " + expected);
    }
  }
}
