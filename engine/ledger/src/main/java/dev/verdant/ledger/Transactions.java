package dev.verdant.ledger;

import static org.agrona.UnsafeApi.getByte;
import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putByte;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.HashIndex;
import dev.verdant.memory.Memory;
import dev.verdant.memory.RecordKeys;
import dev.verdant.memory.Records;
import dev.verdant.memory.SegmentLayout;
import dev.verdant.memory.Table;
import dev.verdant.protocol.codec.Status;

/**
 * The remembered transactions (rulebook section 9): a queue in the order of their business days,
 * with an index by id. Whole days fall out at the head, a few records with each command; a record
 * that has been forgotten by the rule but still lies here is not found any more.
 *
 * <pre>
 *   0         8         16    20   21     24                                      88     92     96
 *   +---------+---------+-----+----+------+---+----------------------------------+------+------+
 *   | id low  | id high | day |kind|status| 0 | content                          |      |channel
 *   +---------+---------+-----+----+------+---+----------------------------------+------+------+
 *   content of an accepted order:
 *   24      32      40       48    52       56       60       64   68
 *   +-------+-------+--------+-----+--------+--------+--------+----+--------+
 *   |amount |coupon |refunded|buyer|merchant|marketer|district|prov|referrer|
 *   +-------+-------+--------+-----+--------+--------+--------+----+--------+
 *   72           76               80               84     88    92
 *   +------------+----------------+----------------+------+-----+
 *   |buyer cohort|merchant cohort |referrer cohort |terms |rate |
 *   +------------+----------------+----------------+------+-----+
 *   content of all others: four words, as {@link Content} lays them out.
 * </pre>
 *
 * Accounts and agents are slots; an agent or referrer that earned nothing is 0.
 */
final class Transactions implements RecordKeys {
  static final int RECORD_BYTES = 96;

  private static final SegmentLayout LAYOUT = SegmentLayout.of(RECORD_BYTES);

  private static final int ID_LOW = 0;
  private static final int ID_HIGH = ID_LOW + Long.BYTES;
  private static final int DAY = ID_HIGH + Long.BYTES;
  private static final int KIND = DAY + Integer.BYTES;
  private static final int STATUS = KIND + Byte.BYTES;
  private static final int WORDS = DAY + Long.BYTES;
  private static final int AMOUNT = WORDS;
  private static final int COUPON = AMOUNT + Long.BYTES;
  private static final int REFUNDED = COUPON + Long.BYTES;
  private static final int BUYER = REFUNDED + Long.BYTES;
  private static final int MERCHANT = BUYER + Integer.BYTES;
  private static final int MARKETER = MERCHANT + Integer.BYTES;
  private static final int DISTRICT = MARKETER + Integer.BYTES;
  private static final int PROVINCIAL = DISTRICT + Integer.BYTES;
  private static final int REFERRER = PROVINCIAL + Integer.BYTES;
  private static final int BUYER_COHORT = REFERRER + Integer.BYTES;
  private static final int MERCHANT_COHORT = BUYER_COHORT + Integer.BYTES;
  private static final int REFERRER_COHORT = MERCHANT_COHORT + Integer.BYTES;
  private static final int TERMS = REFERRER_COHORT + Integer.BYTES;
  private static final int RATE = TERMS + Integer.BYTES;
  private static final int CHANNEL = RATE + Integer.BYTES;

  /** Records that one command may give back: more than the one it adds, so expiry keeps up. */
  static final int EXPIRY_STEP = 2;

  static final int ORDER = TransactionKind.ORDER.code();

  /** {@link #firstRememberedDay} of transactions none of which could have been forgotten yet. */
  static final int NOTHING_FORGOTTEN = Integer.MIN_VALUE;

  private final Records records;

  /** Where records change; null over a cut, which is only read. */
  private final Table table;

  private final HashIndex index;
  private int head = 1;
  private int tail = 1;
  private int forgottenBefore = NOTHING_FORGOTTEN;
  private final DayStarts dayStarts;

  /** Hash of the id that {@link #find} was last asked for. */
  private long hash;

  Transactions(Memory memory) {
    table = Table.ofUnclearedRecords(memory, LAYOUT);
    records = table;
    index = new HashIndex(memory, this);
    dayStarts = new DayStarts();
  }

  private Transactions(Image image, CutReader reader) {
    table = null;
    records = reader.records(image.table);
    index = new HashIndex(image.index, reader, this);
    head = image.head;
    tail = image.tail;
    forgottenBefore = image.forgottenBefore;
    dayStarts = image.dayStarts;
  }

  /** What a cut must know of the transactions beside their pages. */
  record Image(
      Table table,
      HashIndex.Image index,
      int head,
      int tail,
      int forgottenBefore,
      DayStarts dayStarts) {
    /** The transactions as of the cut. */
    Transactions over(CutReader reader) {
      return new Transactions(this, reader);
    }

    void describe(StateWords words) {
      words.word(head);
      words.word(tail);
      words.word(forgottenBefore);
      dayStarts.copy().exchange(words);
      StateTransfer.shape(words, index.shape());
    }

    void drainIndex(CutReader reader, StateSink sink) {
      sink.begin(StatePart.TRANSACTION_INDEX, index.shape().bytes());
      index.drain(reader, sink);
    }

    void drainRecords(CutReader reader, StateSink sink) {
      sink.begin(StatePart.TRANSACTIONS, slots(head, tail) * RECORD_BYTES);
      reader.drain(table, head, slots(head, tail), sink);
    }
  }

  /** The transactions as of now, for a cut. */
  Image image() {
    return new Image(table, index.image(), head, tail, forgottenBefore, dayStarts.copy());
  }

  /**
   * Takes the place of no transactions; {@link #fillIndex} and {@link #fillRecords} must follow.
   *
   * @return the shape of the index.
   */
  HashIndex.Shape fill(StateWords words) {
    head = words.word(0);
    tail = words.word(0);
    forgottenBefore = words.word(0);
    dayStarts.exchange(words);
    return StateTransfer.shape(words, HashIndex.Shape.NONE);
  }

  void fillIndex(HashIndex.Shape shape, StateSource source) {
    StateTransfer.fill(index, shape, StatePart.TRANSACTION_INDEX, source);
  }

  void fillRecords(StateSource source) {
    StateTransfer.fill(
        table, RECORD_BYTES, head, slots(head, tail), StatePart.TRANSACTIONS, source);
  }

  /** Slots from the head to the tail, 0 included where they run round. */
  private static long slots(int head, int tail) {
    return tail - head & 0xFFFF_FFFFL;
  }

  /** Forgets what is older than this business day; a day once forgotten stays so. */
  void forgetBefore(int day) {
    forgottenBefore = Math.max(forgottenBefore, day);
  }

  /**
   * First business day of which nothing has been forgotten, nor of any after it; {@link
   * #NOTHING_FORGOTTEN} before engine time begins. It never goes back but by {@link #dayGoesBack}:
   * what was forgotten then is not told, since without an account it was no order that was booked.
   */
  int firstRememberedDay() {
    return forgottenBefore;
  }

  /**
   * The business day is about to go back, which only a new offset has it do, before there is an
   * account. What is forgotten goes now, whatever its number: the days that come again are not.
   */
  void dayGoesBack() {
    while (isOldestForgotten()) {
      expire();
    }
    forgottenBefore = NOTHING_FORGOTTEN;
  }

  /** Gives back a few of the records that are forgotten. */
  void expire() {
    for (int i = 0; i < EXPIRY_STEP && isOldestForgotten(); i++) {
      final int next = after(head);
      // A segment goes when the head leaves it; the tail may be in it only after a full round.
      if (!table.sameSegment(next, head)) {
        table.release(head);
      }
      head = next;
      index.forget(next);
      if (next == tail) {
        dayStarts.clear();
      } else {
        dayStarts.oldestIs(next);
      }
    }
  }

  private boolean isOldestForgotten() {
    return head != tail && dayStarts.oldest() < forgottenBefore;
  }

  /** Slot of a remembered transaction, 0 if there is none. */
  int find(long low, long high) {
    hash = hash(low, high);
    return index.find(hash, low, high);
  }

  /** Hash of a transaction's id. */
  static long hash(long low, long high) {
    return HashIndex.hash(low, high);
  }

  /** Address of the index entry that {@link #find} reads first. */
  long home(long hash) {
    return index.home(hash);
  }

  /** Address of what {@link #find} reads next if its probe does not end at its home, else 0. */
  long behind(long home) {
    return index.behind(home);
  }

  /** Slot that most likely is that of an id, found in the index alone; 0 if there is none. */
  int guess(long hash) {
    return index.guess(hash);
  }

  /**
   * Appends a record for an id that {@link #find} has just not found. Its content is whatever lay
   * there: the caller must write all of it, an order's field by field or {@link #words}, and the
   * channel. So no record has to be zeroed first.
   */
  long add(long low, long high, int day, TransactionKind kind, Status status) {
    final int slot = tail;
    table.ensure(slot, head);
    tail = after(tail);
    final long record = table.writableNew(slot, LAYOUT);
    putLong(record + ID_LOW, low);
    putLong(record + ID_HIGH, high);
    putLong(record + DAY, 0);
    putInt(record + DAY, day);
    putByte(record + KIND, kind.code());
    putByte(record + STATUS, (byte) status.value());
    index.insert(hash, slot);
    dayStarts.add(day, slot);
    return record;
  }

  /** First slot of the queue; {@link #after} leads from there to {@link #end}. */
  int first() {
    return head;
  }

  int end() {
    return tail;
  }

  /** The slot after one; 0 is never used. */
  int after(int slot) {
    return HashIndex.after(slot);
  }

  boolean isRemembered(long record) {
    return day(record) >= forgottenBefore;
  }

  long read(int slot) {
    return records.address(slot, LAYOUT);
  }

  long write(int slot) {
    return table.writable(slot, LAYOUT);
  }

  /** A forgotten record has none: its id may have come again. */
  @Override
  public boolean hasKey(int slot, long low, long high) {
    final long record = read(slot);
    return idLow(record) == low && idHigh(record) == high && isRemembered(record);
  }

  static long idLow(long r) {
    return getLong(r + ID_LOW);
  }

  static long idHigh(long r) {
    return getLong(r + ID_HIGH);
  }

  static int day(long r) {
    return getInt(r + DAY);
  }

  static int kind(long r) {
    return getByte(r + KIND);
  }

  static int status(long r) {
    return getByte(r + STATUS);
  }

  static boolean isAcceptedOrder(long r) {
    return kind(r) == ORDER && status(r) == Status.OK.value();
  }

  /** Word 0 to 3 of the content of anything but an accepted order. */
  static long word(long r, int number) {
    return getLong(r + WORDS + (long) number * Long.BYTES);
  }

  /** Writes the content of anything but an accepted order, but for the channel. */
  static void words(long r, long word0, long word1, long word2, long word3) {
    putLong(r + WORDS, word0);
    putLong(r + WORDS + Long.BYTES, word1);
    putLong(r + WORDS + 2 * Long.BYTES, word2);
    putLong(r + WORDS + 3 * Long.BYTES, word3);
    for (int rest = WORDS + 4 * Long.BYTES; rest < RATE; rest += Long.BYTES) {
      putLong(r + rest, 0);
    }
    putInt(r + RATE, 0);
  }

  static long amount(long r) {
    return getLong(r + AMOUNT);
  }

  static void amount(long r, long fen) {
    putLong(r + AMOUNT, fen);
  }

  static long coupon(long r) {
    return getLong(r + COUPON);
  }

  static void coupon(long r, long fen) {
    putLong(r + COUPON, fen);
  }

  static long refunded(long r) {
    return getLong(r + REFUNDED);
  }

  static void refunded(long r, long fen) {
    putLong(r + REFUNDED, fen);
  }

  static int buyer(long r) {
    return getInt(r + BUYER);
  }

  static int merchant(long r) {
    return getInt(r + MERCHANT);
  }

  static void parties(long r, int buyer, int merchant) {
    putInt(r + BUYER, buyer);
    putInt(r + MERCHANT, merchant);
  }

  static int marketer(long r) {
    return getInt(r + MARKETER);
  }

  static int district(long r) {
    return getInt(r + DISTRICT);
  }

  static int provincial(long r) {
    return getInt(r + PROVINCIAL);
  }

  static int referrer(long r) {
    return getInt(r + REFERRER);
  }

  static void earners(long r, int marketer, int district, int provincial, int referrer) {
    putInt(r + MARKETER, marketer);
    putInt(r + DISTRICT, district);
    putInt(r + PROVINCIAL, provincial);
    putInt(r + REFERRER, referrer);
  }

  static int buyerCohort(long r) {
    return getInt(r + BUYER_COHORT);
  }

  static int merchantCohort(long r) {
    return getInt(r + MERCHANT_COHORT);
  }

  static int referrerCohort(long r) {
    return getInt(r + REFERRER_COHORT);
  }

  static void cohorts(long r, int buyer, int merchant, int referrer) {
    putInt(r + BUYER_COHORT, buyer);
    putInt(r + MERCHANT_COHORT, merchant);
    putInt(r + REFERRER_COHORT, referrer);
  }

  static int terms(long r) {
    return getInt(r + TERMS);
  }

  static int rateBps(long r) {
    return getInt(r + RATE);
  }

  static void terms(long r, int terms, int rateBps) {
    putInt(r + TERMS, terms);
    putInt(r + RATE, rateBps);
  }

  static int channel(long r) {
    return getInt(r + CHANNEL);
  }

  static void channel(long r, int channel) {
    putInt(r + CHANNEL, channel);
  }
}
