package dev.verdant.bench.limit;

import java.util.SplittableRandom;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * The memory traffic of a plain order without its logic: the same random cache lines of tables of
 * the same sizes. A batch first touches all its lines, so that their misses overlap, then reads and
 * writes each.
 *
 * <p>Lines of an order: index entries of buyer, merchant and transaction; the buyer's account
 * (first line and that of its newest lots), the merchant's (all three) and its quota; the
 * transaction's record, appended. One thread.
 */
public final class BareMemory implements AutoCloseable {
  /** Cache lines that an order touches. */
  public static final int LINES_AN_ORDER = 11;

  private static final int BATCH = 256;
  private static final int LINE_BYTES = 64;

  /** Sizes of the ledger's records. */
  static final int ACCOUNT_BYTES = 192;

  static final int QUOTA_BYTES = 32;
  static final int TRANSACTION_BYTES = 96;

  private static final int INDEX_ENTRY_BYTES = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private final int members;
  private final int merchants;
  private final int remembered;
  private final long indexEntries;
  private final long transactionEntries;
  private final long index;
  private final long accounts;
  private final long quotas;
  private final long transactionIndex;
  private final long records;
  private final long[] lines = new long[BATCH * LINES_AN_ORDER];
  private final SplittableRandom random = new SplittableRandom(1);
  private int nextRecord;
  private long sink;

  /**
   * Makes tables for so many accounts and transactions, all pages present.
   *
   * @param remembered transactions in the window.
   */
  public BareMemory(int members, int merchants, int remembered) {
    this.members = members;
    this.merchants = merchants;
    this.remembered = remembered;
    final long all = (long) members + merchants;
    indexEntries = BitUtil.findNextPositivePowerOfTwo(2 * all);
    transactionEntries = BitUtil.findNextPositivePowerOfTwo(2L * remembered);
    index = allocate(indexEntries * INDEX_ENTRY_BYTES);
    accounts = allocate(all * ACCOUNT_BYTES);
    quotas = allocate((long) merchants * QUOTA_BYTES);
    transactionIndex = allocate(transactionEntries * INDEX_ENTRY_BYTES);
    records = allocate((long) remembered * TRANSACTION_BYTES);
  }

  private static long allocate(long bytes) {
    final long address = UnsafeApi.allocateMemory(bytes + LINE_BYTES);
    UnsafeApi.setMemory(address, bytes + LINE_BYTES, (byte) 0);
    return address;
  }

  /** Moves the memory of orders for at least so long; returns orders a second. */
  public double ordersPerSecond(long leastNanos) {
    final long start = System.nanoTime();
    long orders = 0;
    long nanos;
    do {
      locate();
      touch();
      change();
      orders += BATCH;
      nanos = System.nanoTime() - start;
    } while (nanos < leastNanos);
    return orders * NANOS_PER_SECOND / nanos;
  }

  /** Lays down which lines the next batch touches: those of each order one after the other. */
  long[] locate() {
    int line = 0;
    for (int i = 0; i < BATCH; i++) {
      final long buyer = (long) merchants + random.nextInt(members);
      final long merchant = random.nextInt(merchants);
      final long hash = random.nextLong();
      lines[line++] = index + (hash & (indexEntries - 1)) * INDEX_ENTRY_BYTES;
      lines[line++] = index + (spread(merchant) & (indexEntries - 1)) * INDEX_ENTRY_BYTES;
      lines[line++] = accounts + buyer * ACCOUNT_BYTES;
      lines[line++] = accounts + buyer * ACCOUNT_BYTES + LINE_BYTES;
      lines[line++] = accounts + merchant * ACCOUNT_BYTES;
      lines[line++] = accounts + merchant * ACCOUNT_BYTES + LINE_BYTES;
      lines[line++] = accounts + merchant * ACCOUNT_BYTES + 2 * LINE_BYTES;
      lines[line++] = quotas + merchant * QUOTA_BYTES;
      lines[line++] =
          transactionIndex + ((hash >>> 32) & (transactionEntries - 1)) * INDEX_ENTRY_BYTES;
      lines[line++] = records + (long) nextRecord * TRANSACTION_BYTES;
      lines[line++] = records + (long) nextRecord * TRANSACTION_BYTES + LINE_BYTES;
      nextRecord = nextRecord + 1 == remembered ? 0 : nextRecord + 1;
    }
    return lines;
  }

  private static long spread(long merchant) {
    return (merchant * 0x9E37_79B9_7F4A_7C15L) >>> 20;
  }

  void touch() {
    long sum = 0;
    for (final long line : lines) {
      sum += UnsafeApi.getLong(line);
    }
    sink += sum;
  }

  void change() {
    for (final long line : lines) {
      UnsafeApi.putLong(line, UnsafeApi.getLong(line) + sink);
    }
  }

  @Override
  public void close() {
    UnsafeApi.freeMemory(index);
    UnsafeApi.freeMemory(accounts);
    UnsafeApi.freeMemory(quotas);
    UnsafeApi.freeMemory(transactionIndex);
    UnsafeApi.freeMemory(records);
  }
}
