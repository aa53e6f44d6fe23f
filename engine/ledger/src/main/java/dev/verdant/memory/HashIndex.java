package dev.verdant.memory;

import org.agrona.UnsafeApi;

/**
 * Key to slot by open addressing with linear probing, growing a few entries at a time.
 *
 * <p>An entry is a long: the upper half of the key's hash, and the slot. 0 is empty. The home of an
 * entry is the top {@code bits} of its hash, so the entry alone tells its home, and doubling the
 * table spreads the entries of home h over homes 2h and 2h+1. Growth therefore walks the old table
 * from the front: homes below {@code boundary} live in the new table, the others still in the old
 * one. The old table is left as it is behind the boundary (its probe chains stay whole), and its
 * segments are freed as the boundary passes them. No probe wraps round: a margin follows the last
 * home.
 *
 * <pre>
 *   old  |xxxxxxxx migrated xxxxxxxx|b--- homes >= boundary ---|margin|
 *   new  |--- homes < 2 * boundary -------|  not yet there            |margin|
 * </pre>
 *
 * <p>Deletion shifts the following entries back (Knuth, TAOCP 3, 6.4, algorithm R), so there are no
 * tombstones and expiry leaves nothing behind.
 */
public final class HashIndex {
  private static final int ENTRY_BYTES = Long.BYTES;
  private static final int INITIAL_BITS = 12;
  private static final int MAX_BITS = 30;
  private static final int MARGIN = 4096;
  private static final int NOWHERE = -1;

  /**
   * Old homes moved with each insertion; more than the 4 that must be for growth to end in time.
   */
  private static final int MIGRATION_STEP = 8;

  /** Where the index grows; null over a cut, which does not. */
  private final Memory memory;

  private final RecordKeys keys;
  private Generation current;
  private Generation old;
  private int boundary;
  private int size;

  /**
   * Position where the last probe that found nothing ended, {@link #NOWHERE} after any change: most
   * insertions follow such a probe and need none of their own.
   */
  private int vacancy = NOWHERE;

  private long vacancyHash;

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
    current.ensureThrough(current.lastPosition());
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
    size = image.shape.size;
  }

  /**
   * Becomes the index that an {@link Image#drain} has handed on; to be called on an empty one.
   *
   * @param shape of that index.
   */
  public void fill(Shape shape, BlockSource source) {
    current.freeAll();
    current = new Generation(memory, shape.bits);
    current.ensureThrough(shape.currentEntries() - 1);
    current.table.fill(0, shape.currentEntries(), source);
    if (shape.oldBits != 0) {
      old = new Generation(memory, shape.oldBits);
      old.table.fill(shape.boundary, shape.oldEntries(), source);
      old.freed = shape.boundary / old.table.recordsPerSegment() * old.table.recordsPerSegment();
    }
    boundary = shape.boundary;
    size = shape.size;
  }

  /** What a cut must know of the index beside its tables, as of now. */
  public Image image() {
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
              index.size);
      current = index.current.table;
      old = index.old == null ? null : index.old.table;
    }

    /** How large its tables are. */
    public Shape shape() {
      return shape;
    }

    /** Hands on all entries that may be asked for, as {@link CutReader#drain} does. */
    public void drain(CutReader reader, BlockSink sink) {
      reader.drain(current, 0, shape.currentEntries(), sink);
      if (old != null) {
        reader.drain(old, shape.boundary, shape.oldEntries(), sink);
      }
    }
  }

  /**
   * How large the tables of an index are, which its entries alone do not tell.
   *
   * @param bits of the homes of the table in use.
   * @param oldBits of the one that it grows from, 0 if there is none.
   * @param boundary the first home that is still in the old one, 0 if there is none.
   * @param size number of entries.
   */
  public record Shape(int bits, int oldBits, int boundary, int size) {
    /** Of no index. */
    public static final Shape NONE = new Shape(0, 0, 0, 0);

    /** Bytes that {@link Image#drain} hands on. */
    public long bytes() {
      return (currentEntries() + oldEntries()) * (long) ENTRY_BYTES;
    }

    private int currentEntries() {
      return oldBits == 0 ? (1 << bits) + MARGIN : ensuredThrough(boundary, bits) + 1;
    }

    private int oldEntries() {
      return oldBits == 0 ? 0 : (1 << oldBits) + MARGIN - boundary;
    }
  }

  /** Number of entries. */
  public int size() {
    return size;
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
    int position = home(hash, generation.bits);
    while (true) {
      final long entry = generation.entry(position);
      if (entry == 0) {
        vacancy = position;
        vacancyHash = hash;
        return 0;
      }
      if ((entry ^ hash) >>> 32 == 0 && keys.hasKey((int) entry, low, high)) {
        return (int) entry;
      }
      position++;
    }
  }

  /** Address of the entry where the probe for a hash begins; good until the next insertion. */
  public long home(long hash) {
    final Generation generation = generationOf(hash);
    return generation.entries.address(home(hash, generation.bits));
  }

  /** {@link Table#gate} of the entry at {@link #home}. */
  public long gateOfHome(long hash) {
    final Generation generation = generationOf(hash);
    return generation.table.gate(home(hash, generation.bits));
  }

  /**
   * Slot of the first record whose entry has the upper half of the hash: most likely that of {@link
   * #find}, found without looking at the record. 0 if there is none.
   */
  public int guess(long hash) {
    final Generation generation = generationOf(hash);
    int position = home(hash, generation.bits);
    while (true) {
      final long entry = generation.entry(position);
      if (entry == 0 || (entry ^ hash) >>> 32 == 0) {
        return (int) entry;
      }
      position++;
    }
  }

  /** Adds an entry; the key must not be there. */
  public void insert(long hash, int slot) {
    if (old != null) {
      migrate(MIGRATION_STEP);
    } else if (size >= (current.homes() >>> 3) * 5 && current.bits < MAX_BITS) {
      startGrowth();
    }
    if (vacancy != NOWHERE && vacancyHash == hash && old == null) {
      current.set(checked(current, vacancy), entryOf(hash, slot));
    } else {
      place(generationOf(hash), entryOf(hash, slot));
    }
    vacancy = NOWHERE;
    size++;
  }

  /** Lets the entry of one slot point to another slot with the same key. */
  public void replace(long hash, int slot, int newSlot) {
    final Generation generation = generationOf(hash);
    final int position = positionOf(generation, hash, slot);
    if (position < 0) {
      throw new IllegalStateException("no index entry for slot " + Integer.toUnsignedString(slot));
    }
    generation.set(position, entryOf(hash, newSlot));
  }

  /** Removes the entry of a slot, if it is there. */
  public void remove(long hash, int slot) {
    final Generation generation = generationOf(hash);
    int hole = positionOf(generation, hash, slot);
    if (hole < 0) {
      return;
    }
    vacancy = NOWHERE;
    size--;
    for (int position = hole + 1; ; position++) {
      final long entry = generation.entry(position);
      if (entry == 0) {
        break;
      }
      if (home(entry, generation.bits) <= hole) {
        generation.set(hole, entry);
        hole = position;
      }
    }
    generation.set(hole, 0);
  }

  private Generation generationOf(long hash) {
    return old != null && home(hash, old.bits) >= boundary ? old : current;
  }

  private static int home(long hash, int bits) {
    return (int) (hash >>> (Long.SIZE - bits));
  }

  private static long entryOf(long hash, int slot) {
    return (hash & 0xFFFF_FFFF_0000_0000L) | (slot & 0xFFFF_FFFFL);
  }

  private static int positionOf(Generation generation, long hash, int slot) {
    final long wanted = entryOf(hash, slot);
    int position = home(hash, generation.bits);
    while (true) {
      final long entry = generation.entry(position);
      if (entry == wanted) {
        return position;
      }
      if (entry == 0) {
        return -1;
      }
      position++;
    }
  }

  private static void place(Generation generation, long entry) {
    int position = home(entry, generation.bits);
    while (generation.entry(position) != 0) {
      position++;
    }
    generation.set(checked(generation, position), entry);
  }

  /** The position, where an entry may stand there: a probe must find an empty one behind it. */
  private static int checked(Generation generation, int position) {
    if (position >= generation.lastPosition()) {
      throw new IllegalStateException("index margin is full: the hash clusters");
    }
    return position;
  }

  private void startGrowth() {
    old = current;
    boundary = 0;
    vacancy = NOWHERE;
    current = new Generation(memory, old.bits + 1);
    migrate(MIGRATION_STEP);
  }

  /**
   * Last position that must be there while the old homes before the boundary are moved: entries
   * placed in the new table may be pushed on by a chain.
   */
  private static int ensuredThrough(int boundary, int bits) {
    return Math.min(2 * boundary + MARGIN, (1 << bits) + MARGIN - 1);
  }

  /** Moves the entries of the next homes; their chains may reach beyond the last of them. */
  private void migrate(int homes) {
    final int end = Math.min(boundary + homes, old.homes());
    current.ensureThrough(ensuredThrough(end, current.bits));
    for (int position = boundary; position < old.lastPosition(); position++) {
      final long entry = old.entry(position);
      if (entry == 0) {
        if (position >= end) {
          break; // no chain of a home below end reaches beyond an empty entry
        }
        continue;
      }
      final int home = home(entry, old.bits);
      if (home >= boundary && home < end) {
        place(current, entry);
      }
    }
    boundary = end;
    vacancy = NOWHERE;
    if (boundary == old.homes()) {
      old.freeAll();
      old = null;
    } else {
      old.freeBefore(boundary);
    }
  }

  /** One table of 2^bits homes and a margin. */
  private static final class Generation {
    final int bits;
    private final Records entries;

    /** Where entries change; null over a cut. */
    private final Table table;

    private int ensured;
    private int freed;

    Generation(Memory memory, int bits) {
      this.bits = bits;
      table = new Table(memory, ENTRY_BYTES);
      entries = table;
    }

    Generation(int bits, Records entries) {
      this.bits = bits;
      this.entries = entries;
      table = null;
    }

    int homes() {
      return 1 << bits;
    }

    int lastPosition() {
      return homes() + MARGIN - 1;
    }

    long entry(int position) {
      return UnsafeApi.getLong(entries.address(position));
    }

    void set(int position, long entry) {
      UnsafeApi.putLong(table.writable(position), entry);
    }

    void ensureThrough(int position) {
      while (ensured <= position) {
        table.ensure(ensured, 0);
        ensured += table.recordsPerSegment();
      }
    }

    void freeBefore(int position) {
      while (freed + table.recordsPerSegment() <= position) {
        table.release(freed);
        freed += table.recordsPerSegment();
      }
    }

    void freeAll() {
      table.close();
    }
  }
}
