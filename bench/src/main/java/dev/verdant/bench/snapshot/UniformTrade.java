package dev.verdant.bench.snapshot;

import dev.verdant.bench.load.BooksCheck;
import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.OkReplies;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.AccountMessages;
import dev.verdant.bench.workload.Calendar;
import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.MessageSource;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.Totals;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;

/**
 * Orders between uniformly random members and merchants, without end, and what they must add up to.
 * Transactions are remembered for a day and the next: a day's are gone when the day after the next
 * begins.
 *
 * <p>One thread at a time.
 */
final class UniformTrade implements AutoCloseable {
  private static final int AMOUNTS_FEN = 10_000;
  private static final long BPS = 10_000;
  private static final long INCENTIVE_SHARE_BPS = 8_000;

  private final Population population;
  private final InProcessTarget target;
  private final SplittableRandom random;
  private final Timeline unmeasured = new Timeline();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private int day;
  private long ordersOfDay;
  private long commands;
  private long orders;
  private long clearingFen;
  private long revenueFen;
  private long pointsCp;
  private long coinsCc;

  /** Trade on an empty ledger, which is closed with it. */
  UniformTrade(Ledger ledger, int members) {
    population = new Population(Profile.uniform(members));
    target = new InProcessTarget(ledger);
    random = new SplittableRandom(population.profile().seed());
  }

  /** Sets the program and opens all accounts. */
  void open() {
    command(ControlMessages.program(population.profile()), 0, 1);
    command(new AccountMessages(population, Calendar.timeMillis(0)), 0, population.accounts());
  }

  /**
   * Gives every member one more lot: opens a period and issues points.
   *
   * @param mostADay transactions a day, so that no more than twice as many are remembered.
   */
  void addLots(int mostADay) {
    nextDay();
    final int members = population.profile().members();
    for (long first = 0; first < members; first += mostADay) {
      if (first > 0) {
        day++;
      }
      command(new LotIssues(population, day), first, Math.min(members, first + mostADay));
    }
    pointsCp += members * LotIssues.POINTS_CP;
  }

  /** The next day: the pools are released, a period opens. */
  void nextDay() {
    day++;
    ordersOfDay = 0;
    command(ControlMessages.releases(day), 0, ControlMessages.POOLS);
  }

  private void command(MessageSource source, long from, long to) {
    final OkReplies replies = new OkReplies();
    target.run(source, from, to, replies, unmeasured);
    requireReplies(to - from, replies.count());
    commands += to - from;
  }

  private static void requireReplies(long expected, long found) {
    if (expected != found) {
      throw new WrongResultException(found + " replies instead of " + expected);
    }
  }

  /** Encodes the next order, which must then be applied; returns its length, header included. */
  int encodeNext(MutableDirectBuffer buffer, int offset) {
    final int merchant = random.nextInt(population.profile().merchants());
    final int amount = 1 + random.nextInt(AMOUNTS_FEN);
    final long concession = (long) amount * population.rateBps(merchant) / BPS;
    commands++;
    orders++;
    ordersOfDay++;
    clearingFen += amount;
    revenueFen += concession - concession * INCENTIVE_SHARE_BPS / BPS;
    pointsCp += 2 * concession;
    coinsCc += concession;
    order
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(ordersOfDay)
        .time(Calendar.timeMillis(day))
        .idLow(ordersOfDay)
        .idHigh(day)
        .buyer(population.member(random.nextInt(population.profile().members())))
        .merchant(population.merchant(merchant))
        .amount(amount)
        .coupon(0)
        .channel(1);
    return MessageHeaderEncoder.ENCODED_LENGTH + OrderEncoder.BLOCK_LENGTH;
  }

  /** Orders so far. */
  long orders() {
    return orders;
  }

  /** The ledger. */
  Ledger ledger() {
    return target.ledger();
  }

  /** A check of the books as they must be now. */
  BooksCheck books() {
    return new BooksCheck(
        new Totals(orders, 0, clearingFen, revenueFen, pointsCp, coinsCc, 0), commands);
  }

  /**
   * Checks the sequence and the books of the ledger against what was sent.
   *
   * @throws WrongResultException naming the first that differs.
   */
  void verify() {
    verify(target, books());
  }

  /** Checks any ledger. */
  static void verify(InProcessTarget target, BooksCheck books) {
    target.run(ControlMessages.trialBalanceQuery(), 0, 1, books, new Timeline());
    requireReplies(1, books.count());
  }

  @Override
  public void close() {
    target.close();
  }
}
