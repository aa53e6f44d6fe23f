package dev.verdant.memory;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A consistent cut: all tables of a {@link Memory} as of one moment, read by other threads while
 * the writer runs on. How the two work together is told in {@link CutSpace}.
 *
 * <p>A cut is open as long as it has readers, until it is given up. Thread-safe but for what is
 * marked as the writer's.
 */
public final class Cut {
  private static final int CLOSED = 0;
  private static final int ABANDONED = -1;

  /** Open, with one reader for ever, who reads each page once. */
  private static final int DRAINING = Integer.MAX_VALUE;

  private final CutSpace space;
  private final Map<Table, TableImage> images;
  final long epoch;
  private final long sequence;

  /** Number of readers while the cut is open, else why it is not. */
  private final AtomicInteger readersOrState = new AtomicInteger(1);

  /** Written before the state is, read after it. */
  private String whyAbandoned;

  /** The writer's: pages saved while this was the newest cut. */
  final SavedPageList saved = new SavedPageList();

  Cut(CutSpace space, Map<Table, TableImage> images, long epoch, long sequence) {
    this.space = space;
    this.images = images;
    this.epoch = epoch;
    this.sequence = sequence;
  }

  /** What the cut was opened as of. */
  public long sequence() {
    return sequence;
  }

  /** True until the last reader has closed or the cut is given up. */
  public boolean isOpen() {
    return readersOrState.getAcquire() > 0;
  }

  /**
   * A further reader, for any one thread.
   *
   * @throws CutAbandonedException if the cut has been given up.
   * @throws IllegalStateException if all its readers have closed, or the only one drains it.
   */
  public CutReader newReader() {
    int readers;
    do {
      readers = readersOrState.get();
      requireOpen(readers);
      if (readers == DRAINING) {
        throw new IllegalStateException("the cut of sequence " + sequence + " is being drained");
      }
    } while (!readersOrState.compareAndSet(readers, readers + 1));
    return firstReader();
  }

  /** The reader that an opened cut counts from the start. */
  CutReader firstReader() {
    final CutReader reader = new CutReader(this);
    space.readers().add(reader);
    Memory.countReader(1);
    return reader;
  }

  /** A reader was dropped without being closed; any thread. */
  void noteLeak() {
    space.readers().countLeak();
  }

  /** Takes a reader off; the last one closes the cut. */
  void release(CutReader reader) {
    space.readers().remove(reader);
    Memory.countReader(-1);
    int readers;
    int left;
    do {
      readers = readersOrState.get();
      left = readers == DRAINING ? CLOSED : readers - 1;
    } while (readers > 0 && !readersOrState.compareAndSet(readers, left));
    if (readers > 0 && left == CLOSED) {
      space.noteClosed();
    }
  }

  /**
   * The only reader's: from here on there is no other, and pages that it has passed need not be
   * kept.
   *
   * @return false if there are other readers; then nothing has changed.
   */
  boolean drain() {
    return readersOrState.compareAndSet(1, DRAINING) || readersOrState.get() == DRAINING;
  }

  /** The writer's: from here on every reader is refused. Volatile: before any further change. */
  void abandonVolatile(String why) {
    whyAbandoned = why;
    int readers;
    do {
      readers = readersOrState.get();
    } while (readers > 0 && !readersOrState.compareAndSet(readers, ABANDONED));
  }

  /** Refuses a reader whose cut is no more. Volatile: ordered after the reader's entering. */
  void requireOpenVolatile() {
    requireOpen(readersOrState.get());
  }

  private void requireOpen(int readers) {
    if (readers == ABANDONED) {
      throw new CutAbandonedException("the cut of sequence " + sequence + whyAbandoned);
    }
    if (readers == CLOSED) {
      throw new IllegalStateException("the cut of sequence " + sequence + " is closed");
    }
  }

  /** Null if the table was not there when the cut was opened. */
  TableImage imageOrNull(Table table) {
    return images.get(table);
  }

  TableImage image(Table table) {
    final TableImage image = images.get(table);
    if (image == null) {
      throw new IllegalArgumentException("the table is not in the cut of sequence " + sequence);
    }
    return image;
  }
}
