package dev.verdant.memory;

import java.util.ArrayDeque;

/**
 * Key to slot, for slots that come one after the other and go in the same order. {@linkplain Bucket
 * Buckets} of one cache line, growing some buckets at a time with each insertion.
 *
 * <p>The home of an entry is the bucket that the top {@code bits} of its hash tell. Where its home
 * is full it goes to the next bucket that is not, and each one it passes notes its slot. So a probe
 * ends at the first bucket whose newest passing slot is gone.
 *
 * <p><b>Nothing is ever removed.</b> The owner says how far slots have gone ({@link #forget}); an
 * entry of a slot that is gone is as good as none, and so is the note of one. An owner that
 * remembers for a while pays nothing for forgetting, and no probe needs to shift entries.
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
  private static final long LOW_32 = 0xFFFF_FFFFL;

  private static final int INITIAL_BITS = 10;
  private static final int MAX_BITS = 28;

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
  private BucketTable current;
  private BucketTable old;
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
    current = new BucketTable(memory, INITIAL_BITS);
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
    current = new BucketTable(image.shape.bits, reader.records(image.current));
    old =
        image.old == null ? null : new BucketTable(image.shape.oldBits, reader.records(image.old));
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
    current.freeAll();
    current = new BucketTable(memory, shape.bits);
    current.fill(0, shape.currentBuckets(), source);
    if (shape.oldBits != 0) {
      old = new BucketTable(memory, shape.oldBits);
      old.fill(shape.boundary, shape.oldBuckets(), source);
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
            for (long bucket = address; bucket < address + length; bucket += Bucket.BYTES) {
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
      Bucket.clear(bucket, Bucket.vacancies(bucket, shape.oldest, shape.end));
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
      return (currentBuckets() + oldBuckets()) * (long) Bucket.BYTES;
    }

    private int currentBuckets() {
      return oldBits == 0 ? (1 << bits) + BucketTable.MARGIN : ensuredThrough(boundary, bits) + 1;
    }

    private int oldBuckets() {
      return oldBits == 0 ? 0 : (1 << oldBits) + BucketTable.MARGIN - boundary;
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
    final BucketTable buckets = bucketsOf(hash);
    int number = buckets.home(hash);
    while (true) {
      final long bucket = buckets.at(number);
      for (int left = Bucket.matches(bucket, hash); left != 0; left &= left - 1) {
        final int slot = Bucket.slot(bucket, Integer.numberOfTrailingZeros(left));
        if (isThere(slot) && keys.hasKey(slot, low, high)) {
          return slot;
        }
      }
      if (!isThere(Bucket.newestPassing(bucket))) {
        return 0;
      }
      number++;
    }
  }

  /** Address of the bucket where the probe for a hash begins; good until the next insertion. */
  public long home(long hash) {
    final BucketTable buckets = bucketsOf(hash);
    return buckets.at(buckets.home(hash));
  }

  /**
   * Address of the bucket behind a home if a probe for what the home does not have goes on there, 0
   * if it ends at the home; to be read only, since for the last bucket of a segment it is what
   * follows there.
   *
   * @param home that {@link #home} has told, with no insertion since.
   */
  public long behind(long home) {
    return isThere(Bucket.newestPassing(home)) ? home + Bucket.BYTES : 0;
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
    final int matches = Bucket.matches(home, hash);
    if (matches != 0) {
      final int slot = Bucket.slot(home, Integer.numberOfTrailingZeros(matches));
      return isThere(slot) ? slot : 0;
    }
    return isThere(Bucket.newestPassing(home)) ? guessBehind(hash) : 0;
  }

  private int guessBehind(long hash) {
    final BucketTable buckets = bucketsOf(hash);
    int number = buckets.home(hash);
    long bucket;
    do {
      number++;
      bucket = buckets.at(number);
      final int matches = Bucket.matches(bucket, hash);
      if (matches != 0) {
        final int slot = Bucket.slot(bucket, Integer.numberOfTrailingZeros(matches));
        return isThere(slot) ? slot : 0;
      }
    } while (isThere(Bucket.newestPassing(bucket)));
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
    placeNew(bucketsOf(hash), hash, slot);
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

  private BucketTable bucketsOf(long hash) {
    return old != null && old.home(hash) >= boundary ? old : current;
  }

  /** Places the entry of a slot that no cut knows. */
  private void placeNew(BucketTable buckets, long hash, int slot) {
    final int number = buckets.home(hash);
    final long bucket = buckets.at(number);
    final int vacancies = Bucket.vacancies(bucket, oldestForCuts, end);
    if (vacancies == 0) {
      place(buckets, hash, slot);
    } else {
      Bucket.put(bucket, vacancies, hash, slot);
    }
  }

  private void place(BucketTable buckets, long hash, int slot) {
    int number = buckets.home(hash);
    long bucket = buckets.at(number);
    int vacancies = Bucket.vacancies(bucket, oldest, end);
    while (vacancies == 0) {
      if (buckets.isLast(number)) {
        throw new IllegalStateException("index margin is full: the hash clusters");
      }
      pass(buckets, number, slot);
      number++;
      bucket = buckets.at(number);
      vacancies = Bucket.vacancies(bucket, oldest, end);
    }
    buckets.beforeChange(number);
    Bucket.put(bucket, vacancies, hash, slot);
  }

  /** Notes that an entry has passed a bucket: the newest of those that have, in a growing table. */
  private void pass(BucketTable buckets, int number, int slot) {
    final long bucket = buckets.writable(number);
    final int noted = Bucket.newestPassing(bucket);
    if (!isThere(noted) || Integer.compareUnsigned(slot - oldest, noted - oldest) > 0) {
      Bucket.newestPassing(bucket, slot);
    }
  }

  private void startGrowth() {
    old = current;
    boundary = 0;
    current = new BucketTable(memory, old.bits + 1);
    migrate();
  }

  /**
   * Last bucket that must be there while the old homes before the boundary are moved: entries
   * placed in the new table may pass full buckets.
   */
  private static int ensuredThrough(int boundary, int bits) {
    return Math.min(2 * boundary + BucketTable.MARGIN, (1 << bits) + BucketTable.MARGIN - 1);
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
      bucket = old.at(number);
      for (int entry = 0; entry < Bucket.ENTRIES; entry++) {
        final int slot = Bucket.slot(bucket, entry);
        final long hash = Bucket.hash(bucket, entry);
        if (isThere(slot) && old.home(hash) == home) {
          place(current, hash, slot);
        }
      }
      number++;
    } while (isThere(Bucket.newestPassing(bucket)));
  }
}
