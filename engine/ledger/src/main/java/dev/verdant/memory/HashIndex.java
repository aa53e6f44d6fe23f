package dev.verdant.memory;

import java.util.ArrayDeque;
import org.agrona.UnsafeApi;

/**
 * Key to slot, for slots that come one after the other and go in the same order. Buckets of one
 * cache line, growing a bucket at a time with each insertion.
 *
 * <pre>
 *   0                4           8         16             64
 *   +----------------+-----------+---------+---- ... -----+
 *   | newest passing | 0         | entry 1 | entries 2..7 |
 *   +----------------+-----------+---------+---- ... -----+
 *   entry: slot, upper half of the key's hash
 * </pre>
 *
 * The home of an entry is the bucket that the top {@code bits} of its hash tell. Where its home is
 * full it goes to the next bucket that is not, and each one it passes notes its slot. So a probe
 * ends at the first bucket whose newest passing slot is gone.
 *
 * <p><b>Nothing is ever removed.</b> The owner says how far slots have gone ({@link #forget}); an
 * entry of a slot that is gone is as good as none, and so is the note of one. An owner that
 * remembers for a while pays nothing for forgetting, and no probe needs to shift entries. Within a
 * bucket all entries are looked at without a branch, since where an entry stands cannot be
 * foreseen.
 *
 * <p><b>A new entry changes nothing for an open cut</b> where it takes the place of one that every
 * cut takes for none, too: what the cut's readers see there is a slot that was gone when the cut
 * was opened, or one that has come since. Either is none to them, as long as the eight bytes change
 * at once. So the bucket's page need not be saved. It is where a bucket has no such place, and
 * where an entry passes or moves.
 *
 * <p>Doubling the table spreads the entries of home h over homes 2h and 2h+1. Growth therefore
 * walks the old table from the front: homes below {@code boundary} live in the new table, the
 * others still in the old one. The old table is left as it is behind the boundary, and its segments
 * are freed as the boundary passes them. No probe wraps round: a margin follows the last home.
 *
 * <pre>
 *   old  |xxxxxxxx migrated xxxxxxxx|b--- homes >= boundary ---|margin|
 *   new  |--- homes < 2 * boundary -------|  not yet there            |margin|
 * </pre>
 */
public final class HashIndex {
  private static final int BUCKET_BYTES = 64;
  private static final int ENTRY_BYTES = Long.BYTES;

  /** Where the entries of a bucket begin, and how many there are. */
  private static final int FIRST_ENTRY = ENTRY_BYTES;

  private static final int ENTRIES = 7;

  /** Where an entry has its slot and its part of the hash. */
  private static final int SLOT = 0;

  private static final int TAG = Integer.BYTES;

  private static final long LOW_32 = 0xFFFF_FFFFL;

  private static final int INITIAL_BITS = 10;
  private static final int MAX_BITS = 28;
  private static final int MARGIN = 1024;

  /** Entries for each bucket, on average, beyond which the table grows. */
  private static final int MOST_ENTRIES = 4;

  /**
   * Old buckets moved with each insertion: more than the quarter that must be for growth to end in
   * time, so that it is over soon, and with it the choice between two tables that no processor
   * foresees.
   */
  private static final int MIGRATION_STEP = 8;

  /** Where the index grows; null over a cut, which does not. */
  private final Memory memory;

  private final RecordKeys keys;
  private Generation current;
  private Generation old;
  private int boundary;

  /** The oldest slot that is still there, and the one after the newest. */
  private int oldest;

  private int end;

  /** The oldest slot that is still there or was when one of the open cuts was opened. */
  private int oldestForCuts;

  /** What was the oldest slot when cuts were opened that may still be open, oldest first. */
  private final ArrayDeque<OldestOfCut> held = new ArrayDeque<>();

  private record OldestOfCut(long epoch, int oldest) {}

  /**
   * An empty index.
   *
   * @param memory that owns its entries.
   * @param keys of the records that it finds.
   */
  public HashIndex(Memory memory, RecordKeys keys) {
    this.memory = memory;
    this.keys = keys;
    current = new Generation(memory, INITIAL_BITS);
    current.ensureThrough(current.lastBucket());
  }

  /**
   * The index as of a cut; it may only be asked.
   *
   * @param image of the index at the time of the cut.
   * @param reader of the cut.
   * @param keys of the records as of the cut.
   */
  public HashIndex(Image image, CutReader reader, RecordKeys keys) {
    memory = null;
    this.keys = keys;
    current = new Generation(image.shape.bits, reader.records(image.current));
    old = image.old == null ? null : new Generation(image.shape.oldBits, reader.records(image.old));
    boundary = image.shape.boundary;
    oldest = image.shape.oldest;
    end = image.shape.end;
  }

  /**
   * Becomes the index that an {@link Image#drain} has handed on; to be called on an empty one.
   *
   * @param shape of that index.
   */
  public void fill(Shape shape, BlockSource source) {
    current.table.close();
    current = new Generation(memory, shape.bits);
    current.ensureThrough(shape.currentBuckets() - 1);
    current.table.fill(0, shape.currentBuckets(), source);
    if (shape.oldBits != 0) {
      old = new Generation(memory, shape.oldBits);
      old.last = old.lastBucket();
      old.table.fill(shape.boundary, shape.oldBuckets(), source);
      old.freed = shape.boundary / old.table.recordsPerSegment() * old.table.recordsPerSegment();
    }
    boundary = shape.boundary;
    oldest = shape.oldest;
    oldestForCuts = shape.oldest;
    end = shape.end;
  }

  /** What the next cut must know of the index beside its tables. */
  public Image image() {
    held.removeIf(cut -> !memory.cuts().isOpen(cut.epoch));
    held.add(new OldestOfCut(memory.cuts().nextEpoch(), oldest));
    return new Image(this);
  }

  /** An index at the time of a cut. */
  public static final class Image {
    private final Shape shape;
    private final Table current;
    private final Table old;

    private Image(HashIndex index) {
      shape =
          new Shape(
              index.current.bits,
              index.old == null ? 0 : index.old.bits,
              index.old == null ? 0 : index.boundary,
              index.oldest,
              index.end);
      current = index.current.table;
      old = index.old == null ? null : index.old.table;
    }

    /** How large its tables are. */
    public Shape shape() {
      return shape;
    }

    /**
     * Hands on all entries that may be asked for, as {@link CutReader#drain} does, and no other.
     */
    public void drain(CutReader reader, BlockSink sink) {
      final BlockSink tidy =
          (address, length) -> {
            for (long bucket = address; bucket < address + length; bucket += BUCKET_BYTES) {
              clearVacant(bucket);
            }
            sink.write(address, length);
          };
      reader.drain(current, 0, shape.currentBuckets(), tidy);
      if (old != null) {
        reader.drain(old, shape.boundary, shape.oldBuckets(), tidy);
      }
    }

    /** A slot that came after the cut would be taken for another one that comes to be used. */
    private void clearVacant(long bucket) {
      for (int left = vacancies(bucket, shape.oldest, shape.end); left != 0; left &= left - 1) {
        UnsafeApi.putLong(entryAt(bucket, Integer.numberOfTrailingZeros(left)), 0);
      }
    }
  }

  /**
   * How large the tables of an index are, which its entries alone do not tell.
   *
   * @param bits of the homes of the table in use.
   * @param oldBits of the one that it grows from, 0 if there is none.
   * @param boundary the first home that is still in the old one, 0 if there is none.
   * @param oldest slot that is still there.
   * @param end the slot after the newest.
   */
  public record Shape(int bits, int oldBits, int boundary, int oldest, int end) {
    /** Of no index. */
    public static final Shape NONE = new Shape(0, 0, 0, 0, 0);

    /** Bytes that {@link Image#drain} hands on. */
    public long bytes() {
      return (currentBuckets() + oldBuckets()) * (long) BUCKET_BYTES;
    }

    private int currentBuckets() {
      return oldBits == 0 ? (1 << bits) + MARGIN : ensuredThrough(boundary, bits) + 1;
    }

    private int oldBuckets() {
      return oldBits == 0 ? 0 : (1 << oldBits) + MARGIN - boundary;
    }
  }

  /** Mixes a key of 128 bits into a hash of 64 (finaliser of MurmurHash3, Appleby). */
  public static long hash(long low, long high) {
    long h = low + high * 0x9E37_79B9_7F4A_7C15L;
    h ^= h >>> 33;
    h *= 0xFF51_AFD7_ED55_8CCDL;
    h ^= h >>> 33;
    h *= 0xC4CE_B9FE_1A85_EC53L;
    h ^= h >>> 33;
    return h ^ high * 0xD6E8_FEB8_6659_FD93L;
  }

  /** Slot of the record with this key, 0 if there is none. */
  public int find(long hash, long low, long high) {
    final Generation generation = generationOf(hash);
    int number = home(hash, generation.bits);
    while (true) {
      final long bucket = generation.buckets.address(number);
      for (int left = matches(bucket, hash); left != 0; left &= left - 1) {
        final int slot = slotAt(bucket, Integer.numberOfTrailingZeros(left));
        if (isThere(slot) && keys.hasKey(slot, low, high)) {
          return slot;
        }
      }
      if (!isThere(newestPassing(bucket))) {
        return 0;
      }
      number++;
    }
  }

  /** Address of the bucket where the probe for a hash begins; good until the next insertion. */
  public long home(long hash) {
    final Generation generation = generationOf(hash);
    return generation.buckets.address(home(hash, generation.bits));
  }

  /**
   * Slot of a record whose entry has the upper half of the hash: most likely that of {@link #find},
   * found without looking at the record. 0 if there is none.
   */
  public int guess(long hash) {
    return guess(home(hash), hash);
  }

  /**
   * The same, where the bucket to begin with is known.
   *
   * @param home that {@link #home} has told, with no insertion since.
   */
  public int guess(long home, long hash) {
    final int matches = matches(home, hash);
    if (matches != 0) {
      final int slot = slotAt(home, Integer.numberOfTrailingZeros(matches));
      return isThere(slot) ? slot : 0;
    }
    return isThere(newestPassing(home)) ? guessBehind(hash) : 0;
  }

  private int guessBehind(long hash) {
    final Generation generation = generationOf(hash);
    int number = home(hash, generation.bits);
    long bucket;
    do {
      number++;
      bucket = generation.buckets.address(number);
      final int matches = matches(bucket, hash);
      if (matches != 0) {
        final int slot = slotAt(bucket, Integer.numberOfTrailingZeros(matches));
        return isThere(slot) ? slot : 0;
      }
    } while (isThere(newestPassing(bucket)));
    return 0;
  }

  /**
   * Adds an entry; the key must not be there.
   *
   * @param slot of its record: the one after that of the last insertion, but for 0, which is none.
   */
  public void insert(long hash, int slot) {
    if (oldest == end) {
      oldest = slot;
    }
    end = after(slot);
    releaseHeld();
    if (old != null) {
      migrate();
    } else if (Integer.compareUnsigned(end - oldest, current.homes() * MOST_ENTRIES) > 0
        && current.bits < MAX_BITS) {
      startGrowth();
    }
    placeNew(generationOf(hash), hash, slot);
  }

  private void releaseHeld() {
    if (!held.isEmpty()) {
      final long oldestCut = memory.cuts().oldestEpoch();
      while (!held.isEmpty() && held.peek().epoch < oldestCut) {
        held.remove();
      }
    }
    oldestForCuts = held.isEmpty() ? oldest : held.peek().oldest;
  }

  /**
   * Forgets all slots before one.
   *
   * @param slot the oldest one that is still there, or the one after the newest.
   */
  public void forget(int slot) {
    oldest = slot;
  }

  /** The slot after one; 0 is never used. */
  public static int after(int slot) {
    return slot == -1 ? 1 : slot + 1;
  }

  /** Whether a slot is one of those that are there; one branch, where it is used. */
  private boolean isThere(int slot) {
    final long isSome = -(slot & LOW_32);
    final long isBeforeEnd = ((slot - oldest) & LOW_32) - ((end - oldest) & LOW_32);
    return (isSome & isBeforeEnd) < 0;
  }

  private Generation generationOf(long hash) {
    return old != null && home(hash, old.bits) >= boundary ? old : current;
  }

  private static int home(long hash, int bits) {
    return (int) (hash >>> (Long.SIZE - bits));
  }

  /** A bit for each entry of a bucket that has the upper half of the hash. */
  private static int matches(long bucket, long hash) {
    final int tag = (int) (hash >>> Integer.SIZE);
    int matches = 0;
    for (int entry = 0; entry < ENTRIES; entry++) {
      matches |= BranchFree.isEqual(tagAt(bucket, entry), tag) << entry;
    }
    return matches;
  }

  /**
   * A bit for each entry of a bucket whose slot is none of a run of slots.
   *
   * @param first of the run.
   * @param end the slot after the last.
   */
  private static int vacancies(long bucket, int first, int end) {
    final long last = ((end - first) & LOW_32) - 1;
    int vacancies = 0;
    for (int entry = 0; entry < ENTRIES; entry++) {
      final int slot = slotAt(bucket, entry);
      final long isNone = (slot & LOW_32) - 1;
      final long isGone = last - ((slot - first) & LOW_32);
      vacancies |= BranchFree.isNegative(isNone | isGone) << entry;
    }
    return vacancies;
  }

  private static long entryAt(long bucket, int entry) {
    return bucket + FIRST_ENTRY + (long) entry * ENTRY_BYTES;
  }

  private static int slotAt(long bucket, int entry) {
    return UnsafeApi.getInt(entryAt(bucket, entry) + SLOT);
  }

  private static int tagAt(long bucket, int entry) {
    return UnsafeApi.getInt(entryAt(bucket, entry) + TAG);
  }

  private static int newestPassing(long bucket) {
    return UnsafeApi.getInt(bucket);
  }

  /** Places the entry of a slot that no cut knows. */
  private void placeNew(Generation generation, long hash, int slot) {
    final int number = home(hash, generation.bits);
    final long bucket = generation.buckets.address(number);
    final int vacancies = vacancies(bucket, oldestForCuts, end);
    if (vacancies == 0) {
      place(generation, hash, slot);
    } else {
      putEntry(bucket, vacancies, hash, slot);
    }
  }

  private void place(Generation generation, long hash, int slot) {
    int number = home(hash, generation.bits);
    long bucket = generation.buckets.address(number);
    int vacancies = vacancies(bucket, oldest, end);
    while (vacancies == 0) {
      if (number == generation.last) {
        throw new IllegalStateException("index margin is full: the hash clusters");
      }
      pass(generation, number, slot);
      number++;
      bucket = generation.buckets.address(number);
      vacancies = vacancies(bucket, oldest, end);
    }
    generation.table.beforeChange(number);
    putEntry(bucket, vacancies, hash, slot);
  }

  /** Puts an entry where the first vacancy is: eight bytes, aligned, so at once. */
  private static void putEntry(long bucket, int vacancies, long hash, int slot) {
    UnsafeApi.putLong(
        entryAt(bucket, Integer.numberOfTrailingZeros(vacancies)),
        (hash & ~LOW_32) | (slot & LOW_32));
  }

  /** Notes that an entry has passed a bucket: the newest of those that have, in a growing table. */
  private void pass(Generation generation, int number, int slot) {
    final long bucket = generation.table.writable(number);
    final int noted = newestPassing(bucket);
    if (!isThere(noted) || Integer.compareUnsigned(slot - oldest, noted - oldest) > 0) {
      UnsafeApi.putInt(bucket, slot);
    }
  }

  private void startGrowth() {
    old = current;
    boundary = 0;
    current = new Generation(memory, old.bits + 1);
    migrate();
  }

  /**
   * Last bucket that must be there while the old homes before the boundary are moved: entries
   * placed in the new table may pass full buckets.
   */
  private static int ensuredThrough(int boundary, int bits) {
    return Math.min(2 * boundary + MARGIN, (1 << bits) + MARGIN - 1);
  }

  /** Moves the entries of the next homes. */
  private void migrate() {
    final int first = boundary;
    boundary = Math.min(boundary + MIGRATION_STEP, old.homes());
    current.ensureThrough(ensuredThrough(boundary, current.bits));
    for (int home = first; home < boundary; home++) {
      move(home);
    }
    if (boundary == old.homes()) {
      old.freeAll();
      old = null;
    } else {
      old.freeBefore(boundary);
    }
  }

  /** Moves the entries of an old home, which may have passed some buckets. */
  private void move(int home) {
    int number = home;
    long bucket;
    do {
      bucket = old.buckets.address(number);
      for (int entry = 0; entry < ENTRIES; entry++) {
        final int slot = slotAt(bucket, entry);
        final long hash = (long) tagAt(bucket, entry) << Integer.SIZE;
        if (isThere(slot) && home(hash, old.bits) == home) {
          place(current, hash, slot);
        }
      }
      number++;
    } while (isThere(newestPassing(bucket)));
  }

  /** One table of 2^bits buckets and a margin. */
  private static final class Generation {
    final int bits;
    private final Records buckets;

    /** Where buckets change; null over a cut. */
    private final Table table;

    /** The last bucket that may be used, and the first beyond the segments that are there. */
    private int last;

    private int ensured;
    private int freed;

    Generation(Memory memory, int bits) {
      this.bits = bits;
      table = new Table(memory, BUCKET_BYTES);
      buckets = table;
    }

    Generation(int bits, Records buckets) {
      this.bits = bits;
      this.buckets = buckets;
      table = null;
    }

    int homes() {
      return 1 << bits;
    }

    int lastBucket() {
      return homes() + MARGIN - 1;
    }

    void ensureThrough(int bucket) {
      last = bucket;
      while (ensured <= bucket) {
        table.ensure(ensured, 0);
        ensured += table.recordsPerSegment();
      }
    }

    void freeBefore(int bucket) {
      while (freed + table.recordsPerSegment() <= bucket) {
        table.release(freed);
        freed += table.recordsPerSegment();
      }
    }

    void freeAll() {
      table.close();
    }
  }
}
