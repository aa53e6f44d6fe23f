package dev.verdant.bench.snapshot;

import dev.verdant.bench.load.BooksCheck;
import dev.verdant.bench.load.CheckedTarget;
import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.LedgerFill;
import dev.verdant.bench.workload.Calendar;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.Totals;
import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.MemoryFinder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;

/**
 * Orders between uniformly random members and merchants, without end, and what they must add up to.
 * Transactions are remembered for a day and the next: a day's are gone when the day after the next
 * begins.
 *
 * <p>One thread at a time. The ledger's memory is found ahead as in an engine.
 */
final class UniformTrade implements AutoCloseable {
  private static final int AMOUNTS_FEN = 10_000;
  private static final long BPS = 10_000;
  private static final long INCENTIVE_SHARE_BPS = 8_000;

  private final Population population;
  private final InProcessTarget target;
  private final MemoryFinder finder;
  private final CheckedTarget checked;
  private final SplittableRandom random;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private long ordersOfDay;
  private long orders;
  private long checkedOrders;
  private long clearingFen;
  private long revenueFen;
  private long pointsCp;
  private long coinsCc;

  /** Trade on an empty ledger, which is closed with it. */
  UniformTrade(Ledger ledger, int members) {
    population = new Population(Profile.uniform(members));
    target = new InProcessTarget(ledger);
    finder = MemoryFinder.start(ledger);
    checked = new CheckedTarget(target);
    random = new SplittableRandom(population.profile().seed());
  }

  /** Sets the program and opens all accounts. */
  void open() {
    checked.configure(population);
    checked.open(population);
  }

  /**
   * Gives members lots.
   *
   * @param remembered transactions at the most.
   */
  LedgerFill fill(int remembered) {
    return new LedgerFill(checked, population, remembered);
  }

  /** The next day: the pools are released, a period opens. */
  void nextDay() {
    checked.beginDay();
    checked.release();
    ordersOfDay = 0;
  }

  /** Encodes the next order, which must then be applied; returns its length, header included. */
  int encodeNext(MutableDirectBuffer buffer, int offset) {
    final int merchant = random.nextInt(population.profile().merchants());
    final int amount = 1 + random.nextInt(AMOUNTS_FEN);
    final long concession = (long) amount * population.rateBps(merchant) / BPS;
    orders++;
    ordersOfDay++;
    clearingFen += amount;
    revenueFen += concession - concession * INCENTIVE_SHARE_BPS / BPS;
    pointsCp += 2 * concession;
    coinsCc += concession;
    order
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(ordersOfDay)
        .time(Calendar.timeMillis(checked.day()))
        .idLow(ordersOfDay)
        .idHigh(checked.day())
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
    checked.expectCommands(orders - checkedOrders);
    checked.expect(
        new Totals(orders - checkedOrders, 0, clearingFen, revenueFen, pointsCp, coinsCc, 0));
    checkedOrders = orders;
    clearingFen = 0;
    revenueFen = 0;
    pointsCp = 0;
    coinsCc = 0;
    return checked.books();
  }

  /**
   * Checks the sequence and the books of the ledger against what was sent.
   *
   * @throws dev.verdant.bench.load.WrongResultException naming the first that differs.
   */
  void verify() {
    CheckedTarget.verify(target, books());
  }

  @Override
  public void close() {
    finder.close();
    target.close();
  }
}
