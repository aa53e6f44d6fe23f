package dev.verdant.bench.workload;

import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.RefundEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A day's orders and refunds, drawn in advance off heap, and what they must add up to. Drawn anew
 * for each day in the same memory.
 *
 * <pre>
 *   0              4                8            12           16
 *   +--------------+----------------+------------+------------+
 *   | buyer, or    | merchant, or   | amount     | coupon     |
 *   | order refund | REFUND         | fen        | fen or mark|
 *   +--------------+----------------+------------+------------+
 * </pre>
 *
 * <p>A buyer's first order of a day may spend its coupons, where the profile says so. A refund is
 * of a whole other order of the same day, sent a multiple of {@link #LANES} before, so that up to
 * so many connections may share a day and still keep the two in order. Nothing has been released to
 * a lot of the same day, so a refund takes no coupons back, and every balance that a buyer's
 * coupons were read from stays enough.
 *
 * <p>One thread at a time.
 */
public final class TradingDay implements MessageSource, AutoCloseable {
  /** Connections that may share a day by number modulo so many, or a divisor of it. */
  public static final int LANES = 8;

  /** Orders and refunds that a day may have at the most. */
  public static final int MOST_REQUESTS = 100_000_000;

  private static final int RECORD_BYTES = 16;
  private static final int MERCHANT = 4;
  private static final int AMOUNT = 8;
  private static final int COUPON = 12;
  private static final int REFUND = -1;

  /** Marks in place of a coupon: an order that is refunded later, and one that may spend. */
  private static final int REFUNDED = -1;

  private static final int SPENDER = -2;

  private static final int FARTHEST_REFUND = 4096;

  /** Orders looked at for a refund: those that spend are none, and may be many in a row. */
  private static final int REFUND_DRAWS = 16;

  private static final int PER_MILLE = 1000;

  private final Population population;
  private final ExpectedAccounts accounts;
  private final OrderDraw draw;
  private final SplittableRandom random;
  private final int capacity;
  private final ByteBuffer memory;
  private final UnsafeBuffer records;
  private final BitSet spenders;
  private int[] spenderOrders = new int[1024];
  private int spenderCount;
  private int count;
  private int day;
  private Totals totals = Totals.NONE;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderEncoder order = new OrderEncoder();
  private final RefundEncoder refund = new RefundEncoder();

  /**
   * Room for days of so many requests; {@link #next} draws the first.
   *
   * @param capacity orders and refunds that a day may have, 1 to {@link #MOST_REQUESTS}.
   */
  public TradingDay(Population population, int capacity) {
    this(population, capacity, new ExpectedAccounts(population));
  }

  /**
   * The same.
   *
   * @param accounts takes what the days add to accounts, each when it is drawn.
   */
  public TradingDay(Population population, int capacity, ExpectedAccounts accounts) {
    this.population = population;
    this.accounts = accounts;
    this.random = new SplittableRandom(population.profile().seed());
    this.draw = new OrderDraw(population, random);
    this.capacity = capacity;
    this.memory = ByteBuffer.allocateDirect(Math.multiplyExact(capacity, RECORD_BYTES));
    this.records = new UnsafeBuffer(memory);
    this.spenders = new BitSet(population.profile().members());
  }

  /** Draws the next day, as long as there is room for. */
  public void next() {
    next(capacity);
  }

  /** Draws the next day, with so many requests. */
  public void next(int requests) {
    if (requests < 1 || requests > capacity) {
      throw new IllegalArgumentException(requests + " requests a day, not 1.." + capacity);
    }
    count = requests;
    day++;
    spenders.clear();
    spenderCount = 0;
    totals = Totals.NONE;
    final Profile profile = population.profile();
    final Totals.Sum sum = new Totals.Sum(population);
    for (int number = 0; number < count; number++) {
      if (profile.refundsPerMille() > 0
          && random.nextInt(PER_MILLE) < profile.refundsPerMille()
          && refunds(number, sum)) {
        continue;
      }
      place(number, sum);
    }
    totals = sum.totals();
  }

  private void place(int number, Totals.Sum sum) {
    draw.next();
    final int buyer = draw.buyer();
    final int merchant = draw.merchant();
    final int amount = draw.amountFen();
    put(number, buyer, merchant, amount, 0);
    sum.order(buyer, merchant, amount);
    accounts.order(buyer, merchant, amount);
    if (population.profile().spendsCoupons() && !spenders.get(buyer)) {
      spenders.set(buyer);
      records.putInt(number * RECORD_BYTES + COUPON, SPENDER);
      if (spenderCount == spenderOrders.length) {
        spenderOrders = Arrays.copyOf(spenderOrders, 2 * spenderCount);
      }
      spenderOrders[spenderCount++] = number;
    }
  }

  /** An order before this request that may be refunded, or -1. */
  private int drawRefunded(int number) {
    final int farthest = Math.min(number, FARTHEST_REFUND) / LANES;
    for (int i = 0; i < REFUND_DRAWS && farthest > 0; i++) {
      final int drawn = number - LANES * (1 + random.nextInt(farthest));
      if (merchant(drawn) != REFUND && records.getInt(drawn * RECORD_BYTES + COUPON) == 0) {
        return drawn;
      }
    }
    return -1;
  }

  private boolean refunds(int number, Totals.Sum sum) {
    final int refunded = drawRefunded(number);
    if (refunded < 0) {
      return false;
    }
    final int record = refunded * RECORD_BYTES;
    records.putInt(record + COUPON, REFUNDED);
    put(number, refunded, REFUND, amount(refunded), 0);
    final int buyer = records.getInt(record);
    sum.refund(buyer, merchant(refunded), amount(refunded));
    accounts.refund(buyer, merchant(refunded), amount(refunded));
    return true;
  }

  private void put(int number, int first, int merchant, int amount, int coupon) {
    final int record = number * RECORD_BYTES;
    records.putInt(record, first);
    records.putInt(record + MERCHANT, merchant);
    records.putInt(record + AMOUNT, amount);
    records.putInt(record + COUPON, coupon);
  }

  private int merchant(int number) {
    return records.getInt(number * RECORD_BYTES + MERCHANT);
  }

  private int amount(int number) {
    return records.getInt(number * RECORD_BYTES + AMOUNT);
  }

  /** Accounts whose coupons a day's orders would spend: query them, then {@link #spend}. */
  public long[] spenders() {
    final long[] accounts = new long[spenderCount];
    for (int i = 0; i < spenderCount; i++) {
      accounts[i] = population.member(records.getInt(spenderOrders[i] * RECORD_BYTES));
    }
    return accounts;
  }

  /**
   * Lets a spender's order spend what it has.
   *
   * @param spender its place in {@link #spenders}.
   * @param couponFen its balance; the order spends no more than its amount.
   */
  public void spend(int spender, long couponFen) {
    final int number = spenderOrders[spender];
    final int coupon = (int) Math.min(amount(number), Math.max(0, couponFen));
    records.putInt(number * RECORD_BYTES + COUPON, coupon);
    totals = totals.spending(coupon);
  }

  /** Orders and refunds of the day. */
  public int count() {
    return count;
  }

  /** Number of the day, 1 for the first. */
  public int day() {
    return day;
  }

  /** What the day adds to the books. */
  public Totals totals() {
    return totals;
  }

  @Override
  public int encode(long number, MutableDirectBuffer buffer, int offset) {
    final int record = (int) number * RECORD_BYTES;
    final int first = records.getInt(record);
    final int merchant = records.getInt(record + MERCHANT);
    final int amount = records.getInt(record + AMOUNT);
    if (merchant == REFUND) {
      refund
          .wrapAndApplyHeader(buffer, offset, header)
          .correlationId(number)
          .time(Calendar.timeMillis(day))
          .idLow(number + 1)
          .idHigh(day)
          .orderLow(first + 1L)
          .orderHigh(day)
          .amount(amount);
      return MessageHeaderEncoder.ENCODED_LENGTH + RefundEncoder.BLOCK_LENGTH;
    }
    order
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(number)
        .time(Calendar.timeMillis(day))
        .idLow(number + 1)
        .idHigh(day)
        .buyer(population.member(first))
        .merchant(population.merchant(merchant))
        .amount(amount)
        .coupon(Math.max(0, records.getInt(record + COUPON)))
        .channel(1);
    return MessageHeaderEncoder.ENCODED_LENGTH + OrderEncoder.BLOCK_LENGTH;
  }

  @Override
  public void close() {
    BufferUtil.free(memory);
  }
}
