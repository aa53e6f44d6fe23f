package dev.verdant.ledger;

import static org.agrona.UnsafeApi.getByte;
import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.getShort;
import static org.agrona.UnsafeApi.putByte;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;
import static org.agrona.UnsafeApi.putShort;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.HashIndex;
import dev.verdant.memory.Memory;
import dev.verdant.memory.RecordKeys;
import dev.verdant.memory.Records;
import dev.verdant.memory.SegmentLayout;
import dev.verdant.memory.Table;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;

/**
 * The accounts: three cache lines each, what an order touches of its buyer in the first two.
 *
 * <pre>
 *    0               8    9     10    11   12      14      16        20     24     28
 *   +---------------+----+------+-----+----+-------+-------+---------+------+------+------+
 *   | id            |kind|status|flags|  0 | pool  | plan  | referrer| 0    | month| run  |
 *   +---------------+----+------+-----+----+-------+-------+---------+------+------+------+
 *   32              40              48                    56                             64
 *   +---------------+---------------+---------------------+------------------------------+
 *   | coupon        | coin          | month_consumption   | turnover                     |
 *   +---------------+---------------+---------------------+------------------------------+
 *   64                                                                                   128
 *   +------------------------------------------------------------------------------------+
 *   | the newest line of lots                                                            |
 *   +------------------------------------------------------------------------------------+
 *   128             136             144        152        160    164      168      172   176
 *   +---------------+---------------+----------+----------+------+--------+--------+------+
 *   | pending       | month_credited| payable  | reserve  | rate |marketer|district|prov. |
 *   +---------------+---------------+----------+----------+------+--------+--------+------+
 *   176        180            184                                                        192
 *   +----------+--------------+-----------------------------------------------------------+
 *   | quotas   | 0            | commission                                                |
 *   +----------+--------------+-----------------------------------------------------------+
 * </pre>
 *
 * Links are slots, 0 for none. {@code quotas} is the head of a chain, and so is the {@link LotLine}
 * of newest lots: it lies here since whoever touches an account mostly touches its newest lots, and
 * a line beside another one is found sooner than one elsewhere. {@code month} and {@code run} tell
 * up to when the account has caught up (rulebook section 7).
 */
final class Accounts implements RecordKeys {
  static final int RECORD_BYTES = 192;

  private static final SegmentLayout LAYOUT = SegmentLayout.of(RECORD_BYTES);

  private static final int ID = 0;
  private static final int KIND = ID + Long.BYTES;
  private static final int STATUS = KIND + Byte.BYTES;
  private static final int FLAGS = STATUS + Byte.BYTES;
  private static final int POOL = FLAGS + 2 * Byte.BYTES;
  private static final int PLAN = POOL + Short.BYTES;
  private static final int REFERRER = PLAN + Short.BYTES;
  private static final int MONTH = REFERRER + 2 * Integer.BYTES;
  private static final int RUN = MONTH + Integer.BYTES;
  private static final int COUPON = RUN + Integer.BYTES;
  private static final int COIN = COUPON + Long.BYTES;
  private static final int MONTH_CONSUMPTION = COIN + Long.BYTES;
  private static final int TURNOVER = MONTH_CONSUMPTION + Long.BYTES;

  /** Where the record's second cache line begins: the newest lots. */
  private static final int LOTS = TURNOVER + Long.BYTES;

  /** Where its third one begins. */
  static final int THIRD_LINE = LOTS + LotLine.BYTES;

  private static final int PENDING = THIRD_LINE;
  private static final int MONTH_CREDITED = PENDING + Long.BYTES;
  private static final int PAYABLE = MONTH_CREDITED + Long.BYTES;
  private static final int RESERVE = PAYABLE + Long.BYTES;
  private static final int RATE = RESERVE + Long.BYTES;
  private static final int MARKETER = RATE + Integer.BYTES;
  private static final int DISTRICT = MARKETER + Integer.BYTES;
  private static final int PROVINCIAL = DISTRICT + Integer.BYTES;
  private static final int QUOTAS = PROVINCIAL + Integer.BYTES;
  private static final int COMMISSION = QUOTAS + 2 * Integer.BYTES;

  private static final byte HAS_ORDERED = 1;
  private static final byte HAS_PENDING = 2;

  static final int CONSUMER = AccountKind.CONSUMER.value();
  static final int MERCHANT = AccountKind.MERCHANT.value();
  static final int MARKETER_KIND = AccountKind.MARKETER.value();
  static final int DISTRICT_KIND = AccountKind.DISTRICT_AGENT.value();
  static final int PROVINCIAL_KIND = AccountKind.PROVINCIAL_AGENT.value();
  static final int ACTIVE = AccountStatus.ACTIVE.value();
  static final int FROZEN = AccountStatus.FROZEN.value();
  static final int CLOSED = AccountStatus.CLOSED.value();

  private final Records records;

  /** Where records change; null over a cut, which is only read. */
  private final Table table;

  private final HashIndex index;
  private int count;

  /** Address of the account that {@link #find(long, int)} has found last. */
  private long found;

  Accounts(Memory memory) {
    table = new Table(memory, LAYOUT);
    records = table;
    index = new HashIndex(memory, this);
  }

  private Accounts(Image image, CutReader reader) {
    table = null;
    records = reader.records(image.table);
    index = new HashIndex(image.index, reader, this);
    count = image.count;
  }

  /** What a cut must know of the accounts beside their pages. */
  record Image(Table table, HashIndex.Image index, int count) {
    /** The accounts as of the cut. */
    Accounts over(CutReader reader) {
      return new Accounts(this, reader);
    }

    void describe(StateWords words) {
      words.word(count);
      StateTransfer.shape(words, index.shape());
    }

    void drain(CutReader reader, StateSink sink) {
      sink.begin(StatePart.ACCOUNTS, (long) count * RECORD_BYTES);
      reader.drain(table, 1, count, sink);
      sink.begin(StatePart.ACCOUNT_INDEX, index.shape().bytes());
      index.drain(reader, sink);
    }
  }

  /** The accounts as of now, for a cut. */
  Image image() {
    return new Image(table, index.image(), count);
  }

  /** Takes the place of no accounts. */
  void fill(StateWords words, StateSource source) {
    count = words.word(0);
    final HashIndex.Shape shape = StateTransfer.shape(words, HashIndex.Shape.NONE);
    StateTransfer.fill(table, RECORD_BYTES, 1, count, StatePart.ACCOUNTS, source);
    StateTransfer.fill(index, shape, StatePart.ACCOUNT_INDEX, source);
  }

  /** Number of accounts; their slots are 1 to this. */
  int count() {
    return count;
  }

  /** Hash of an account's id. */
  static long hash(long id) {
    return HashIndex.hash(id, 0);
  }

  /** Slot of an account, 0 if there is none. */
  int find(long id) {
    return index.find(hash(id), id, 0);
  }

  /**
   * The same, where a slot has been found to be likely; {@link #found} tells the account's address.
   *
   * @param likely a slot, which is looked at first; 0 for none.
   */
  int find(long id, int likely) {
    if (likely != 0) {
      found = read(likely);
      if (id(found) == id) {
        return likely;
      }
    }
    final int slot = find(id);
    found = slot == 0 ? 0 : read(slot);
    return slot;
  }

  /** Address of the account that was found last, for reading; 0 if it was not there. */
  long found() {
    return found;
  }

  /** Address of the index entries that {@link #guess} reads first. */
  long home(long hash) {
    return index.home(hash);
  }

  /**
   * Slot that most likely is an account's, found in the index alone; 0 if there is none.
   *
   * @param home that {@link #home} has told.
   */
  int guess(long home, long hash) {
    return index.guess(home, hash);
  }

  /** Adds an account with all balances 0 and returns its slot. */
  int add(long id) {
    final int slot = ++count;
    table.ensure(slot, 0);
    putLong(table.writable(slot, LAYOUT) + ID, id);
    index.insert(hash(id), slot);
    return slot;
  }

  long read(int slot) {
    return records.address(slot, LAYOUT);
  }

  /** {@link Table#gate} of a record. */
  long gate(int slot) {
    return table.gate(slot);
  }

  long write(int slot) {
    return table.writable(slot, LAYOUT);
  }

  /** To be called before an account that has been read is changed, once a command. */
  void beforeChange(int slot) {
    table.beforeChange(slot);
  }

  /** Id of the account in a slot, 0 for slot 0. */
  long idOf(int slot) {
    return slot == 0 ? 0 : id(read(slot));
  }

  @Override
  public boolean hasKey(int slot, long low, long high) {
    return id(read(slot)) == low;
  }

  static long id(long a) {
    return getLong(a + ID);
  }

  static int kind(long a) {
    return getByte(a + KIND);
  }

  static void kind(long a, int kind) {
    putByte(a + KIND, (byte) kind);
  }

  static int status(long a) {
    return getByte(a + STATUS);
  }

  static void status(long a, int status) {
    putByte(a + STATUS, (byte) status);
  }

  static boolean isActive(long a) {
    return status(a) == ACTIVE;
  }

  static boolean isConsumer(long a) {
    return kind(a) == CONSUMER;
  }

  static boolean isMerchant(long a) {
    return kind(a) == MERCHANT;
  }

  static boolean hasOrdered(long a) {
    return (getByte(a + FLAGS) & HAS_ORDERED) != 0;
  }

  static void setHasOrdered(long a) {
    putByte(a + FLAGS, (byte) (getByte(a + FLAGS) | HAS_ORDERED));
  }

  static int pool(long a) {
    return Short.toUnsignedInt(getShort(a + POOL));
  }

  static void pool(long a, int pool) {
    putShort(a + POOL, (short) pool);
  }

  static int plan(long a) {
    return Short.toUnsignedInt(getShort(a + PLAN));
  }

  static void plan(long a, int plan) {
    putShort(a + PLAN, (short) plan);
  }

  static int referrer(long a) {
    return getInt(a + REFERRER);
  }

  static void referrer(long a, int slot) {
    putInt(a + REFERRER, slot);
  }

  /** Address of the newest {@linkplain LotLine line} of the account's {@link Lots}. */
  static long lots(long a) {
    return a + LOTS;
  }

  static int month(long a) {
    return getInt(a + MONTH);
  }

  static void month(long a, int month) {
    putInt(a + MONTH, month);
  }

  static int run(long a) {
    return getInt(a + RUN);
  }

  static void run(long a, int run) {
    putInt(a + RUN, run);
  }

  static long coupon(long a) {
    return getLong(a + COUPON);
  }

  static void coupon(long a, long fen) {
    putLong(a + COUPON, fen);
  }

  static long coin(long a) {
    return getLong(a + COIN);
  }

  static void coin(long a, long coins) {
    putLong(a + COIN, coins);
  }

  static long monthConsumption(long a) {
    return getLong(a + MONTH_CONSUMPTION);
  }

  static void monthConsumption(long a, long fen) {
    putLong(a + MONTH_CONSUMPTION, fen);
  }

  static long turnover(long a) {
    return getLong(a + TURNOVER);
  }

  static void turnover(long a, long fen) {
    putLong(a + TURNOVER, fen);
  }

  /** The flag in the first line spares most orders the third. */
  static long pending(long a) {
    return (getByte(a + FLAGS) & HAS_PENDING) == 0 ? 0 : getLong(a + PENDING);
  }

  static void pending(long a, long fen) {
    final byte flags = getByte(a + FLAGS);
    final byte changed = (byte) (fen == 0 ? flags & ~HAS_PENDING : flags | HAS_PENDING);
    if (changed != flags) {
      putByte(a + FLAGS, changed);
    }
    if (fen != 0) {
      putLong(a + PENDING, fen);
    }
  }

  static long monthCredited(long a) {
    return getLong(a + MONTH_CREDITED);
  }

  static void monthCredited(long a, long fen) {
    putLong(a + MONTH_CREDITED, fen);
  }

  static long payable(long a) {
    return getLong(a + PAYABLE);
  }

  static void payable(long a, long fen) {
    putLong(a + PAYABLE, fen);
  }

  static long reserve(long a) {
    return getLong(a + RESERVE);
  }

  static void reserve(long a, long fen) {
    putLong(a + RESERVE, fen);
  }

  static int rateBps(long a) {
    return getInt(a + RATE);
  }

  static void rateBps(long a, int bps) {
    putInt(a + RATE, bps);
  }

  static int marketer(long a) {
    return getInt(a + MARKETER);
  }

  static void marketer(long a, int slot) {
    putInt(a + MARKETER, slot);
  }

  static int district(long a) {
    return getInt(a + DISTRICT);
  }

  static void district(long a, int slot) {
    putInt(a + DISTRICT, slot);
  }

  static int provincial(long a) {
    return getInt(a + PROVINCIAL);
  }

  static void provincial(long a, int slot) {
    putInt(a + PROVINCIAL, slot);
  }

  static int quotas(long a) {
    return getInt(a + QUOTAS);
  }

  static void quotas(long a, int quota) {
    putInt(a + QUOTAS, quota);
  }

  static long commission(long a) {
    return getLong(a + COMMISSION);
  }

  static void commission(long a, long fen) {
    putLong(a + COMMISSION, fen);
  }
}
