package dev.verdant.bench.snapshot;

import dev.verdant.bench.load.CheckedTarget;
import dev.verdant.bench.load.Expectation;
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

  private final Population population;
  private final InProcessTarget target;
  private final MemoryFinder finder;
  private final CheckedTarget checked;
  private final SplittableRandom random;
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private long ordersOfDay;
  private long orders;
  private long notedOrders;
  private Totals.Sum sum;

  /** Trade on an empty ledger, which is closed with it. */
  UniformTrade(Ledger ledger, int members) {
    population = new Population(Profile.uniform(members));
    target = new InProcessTarget(ledger);
    finder = MemoryFinder.start(ledger);
    checked = new CheckedTarget(target, population);
    sum = new Totals.Sum(population);
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
    noteOrders();
    checked.beginDay();
    checked.release();
    ordersOfDay = 0;
  }

  /** Encodes the next order, which must then be applied; returns its length, header included. */
  int encodeNext(MutableDirectBuffer buffer, int offset) {
    final int merchant = random.nextInt(population.profile().merchants());
    final int amount = 1 + random.nextInt(AMOUNTS_FEN);
    final int buyer = random.nextInt(population.profile().members());
    orders++;
    ordersOfDay++;
    sum.order(buyer, merchant, amount);
    checked.accounts().order(buyer, merchant, amount);
    order
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(ordersOfDay)
        .time(Calendar.timeMillis(checked.day()))
        .idLow(ordersOfDay)
        .idHigh(checked.day())
        .buyer(population.member(buyer))
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

  private void noteOrders() {
    checked.expectCommands(orders - notedOrders);
    checked.expect(sum.totals());
    notedOrders = orders;
    sum = new Totals.Sum(population);
  }

  /** What the ledger must show now. */
  Expectation expectation() {
    noteOrders();
    return checked.expectation();
  }

  /**
   * Checks the sequence, the books and some accounts of the ledger against what was sent.
   *
   * @throws dev.verdant.bench.load.WrongResultException naming the first that differs.
   */
  void verify() {
    expectation().verify(target);
  }

  @Override
  public void close() {
    finder.close();
    target.close();
  }
}
