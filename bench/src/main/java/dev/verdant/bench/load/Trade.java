package dev.verdant.bench.load;

import dev.verdant.bench.workload.AccountMessages;
import dev.verdant.bench.workload.Calendar;
import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.Totals;
import dev.verdant.bench.workload.TradingDay;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;

/**
 * Trade on a ledger that was empty: accounts are opened, then day follows day. Between the days the
 * pools are released and the buyers' coupons asked for; neither that nor the drawing of a day is
 * measured. Keeps count of what the books must show.
 *
 * <p>One thread at a time.
 */
public final class Trade implements AutoCloseable {
  private final LoadTarget target;
  private final CheckedTarget checked;
  private final Population population;
  private final TradingDay day;
  private final int requestsADay;
  private long releaseNanos;

  /**
   * Prepares trade.
   *
   * @param requestsADay orders and refunds.
   */
  public Trade(LoadTarget target, Profile profile, int requestsADay) {
    this.target = target;
    this.population = new Population(profile);
    this.checked = new CheckedTarget(target, population);
    this.requestsADay = requestsADay;
    this.day = new TradingDay(population, requestsADay, checked.accounts());
  }

  /** Sets the program and opens every account; returns the nanoseconds of the latter. */
  public long open() {
    checked.configure(population);
    return checked.open(population);
  }

  /** The requests that open every account, for whoever measures that itself. */
  public AccountMessages openings() {
    return new AccountMessages(population, Calendar.timeMillis(0));
  }

  /** Whose trade it is. */
  public Population population() {
    return population;
  }

  /** What has been sent, for whoever sends more: no trade after that. */
  public CheckedTarget checked() {
    return checked;
  }

  /**
   * Draws the next day, releases the pools, lets the day's spenders have their coupons.
   *
   * @param requests of the day, at most those of a whole day; all of them must be sent then.
   */
  public TradingDay nextDay(int requests) {
    checked.beginDay();
    releaseNanos = checked.release();
    day.next(requests);
    letSpend(day.spenders());
    checked.expect(day.totals());
    checked.expectCommands(day.count());
    return day;
  }

  private void letSpend(long[] spenders) {
    final AccountQueryReplyDecoder reply = new AccountQueryReplyDecoder();
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    final long[] answered = new long[1];
    target.run(
        ControlMessages.accountQueries(spenders),
        0,
        spenders.length,
        (number, buffer, offset, length) -> {
          if (!ReplyStatus.isOk(buffer, offset)) {
            throw ReplyStatus.failure("account " + spenders[(int) number], buffer, offset);
          }
          reply.wrapAndApplyHeader(buffer, offset, header);
          WrongResultException.require("account", spenders[(int) number], reply.account());
          day.spend((int) number, reply.coupon());
          answered[0]++;
        },
        new Timeline());
    WrongResultException.require("accounts", spenders.length, answered[0]);
  }

  /**
   * One day of trade in the closed loop.
   *
   * @return nanoseconds of the day's requests.
   */
  public long tradeADay(Timeline timeline) {
    return tradeADay(requestsADay, timeline);
  }

  /** The same with fewer requests. */
  public long tradeADay(int requests, Timeline timeline) {
    nextDay(requests);
    return sendDay(timeline);
  }

  /**
   * Sends the day that was drawn last, in the closed loop.
   *
   * @return nanoseconds of the day's requests.
   */
  public long sendDay(Timeline timeline) {
    final OkReplies replies = new OkReplies();
    final long nanos = target.run(day, 0, day.count(), replies, timeline);
    WrongResultException.require("replies", day.count(), replies.count());
    return nanos;
  }

  /** What the longer of the pools' releases of the day took, in nanoseconds. */
  public long releaseNanos() {
    return releaseNanos;
  }

  /** What all days so far must have added to the books. */
  public Totals expected() {
    return checked.expected();
  }

  /**
   * Checks books and watched accounts.
   *
   * @throws WrongResultException naming the first that differs.
   */
  public void verify() {
    checked.verify();
  }

  @Override
  public void close() {
    day.close();
  }
}
