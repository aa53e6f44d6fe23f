package dev.verdant.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * One thread's access to a {@link Cut}. It may be handed from thread to thread, never used by two
 * at once; for another thread take another reader of the same cut.
 *
 * <p>It says at every moment whether it is inside a copy of a page, so that the writer knows what
 * it may free.
 */
public final class CutReader implements AutoCloseable {
  private static final VarHandle COPIES;

  static {
    try {
      COPIES = MethodHandles.lookup().findVarHandle(CutReader.class, "copies", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Copied until the pace is asked again: what takes a tenth of a millisecond or two. */
  static final int BYTES_BETWEEN_RESTS = 128 * 1024;

  private final Cut cut;
  private final List<CutTable> tables = new ArrayList<>();

  /** Twice the number of copies so far; odd while in one. Written by the reader's thread only. */
  private long copies;

  private ReaderPace pace = ReaderPace.UNBROKEN;
  private int bytesSinceRest;

  /** By the owner, or by a collector of leaks once there is none. */
  private boolean closed;

  CutReader(Cut cut) {
    this.cut = cut;
  }

  /** The cut that it reads. */
  public Cut cut() {
    return cut;
  }

  /**
   * A table's records as of the cut.
   *
   * @throws IllegalArgumentException if the table was not there when the cut was opened.
   */
  public Records records(Table table) {
    final CutTable records = new CutTable(this, cut.image(table));
    tables.add(records);
    return records;
  }

  /**
   * Hands on all records of a run of slots, page by page in the order of the slots. Where this is
   * the cut's only reader, the cut has no other from then on, and the pages handed on are not kept
   * any more: whoever reads one of them again gets an {@link IllegalStateException}.
   *
   * @param table whose records, each table once.
   * @param firstSlot of the run.
   * @param slots that it has, 0 or more.
   * @throws CutAbandonedException if the cut has been given up.
   */
  public void drain(Table table, int firstSlot, long slots, BlockSink sink) {
    final boolean alone = cut.drain();
    final CutTable records = new CutTable(this, cut.image(table));
    tables.add(records);
    records.drain(firstSlot, slots, sink, alone);
  }

  /** Says at which pace this reader reads: by who has it, before it is handed on. */
  public void keepPace(ReaderPace newPace) {
    pace = newPace;
  }

  /** The pace that it was told, {@link ReaderPace#UNBROKEN} until then. */
  public ReaderPace pace() {
    return pace;
  }

  /**
   * Closes a reader that its owner has lost: nobody else uses it any more.
   *
   * @return false if it had been closed.
   */
  public boolean closeLeaked() {
    if (closed) {
      return false;
    }
    cut.noteLeak();
    close();
    return true;
  }

  void requireNotClosed() {
    if (closed) {
      throw new IllegalStateException("the reader of sequence " + cut.sequence() + " is closed");
    }
  }

  /** Enters a copy. A full fence: what is read in it is read after the writer can see this. */
  void enterVolatile() {
    COPIES.setVolatile(this, copies + 1);
  }

  void leaveRelease() {
    COPIES.setRelease(this, copies + 1);
  }

  /** After a copy, outside of it. */
  void restAfter(int copiedBytes) {
    bytesSinceRest += copiedBytes;
    if (bytesSinceRest >= BYTES_BETWEEN_RESTS) {
      bytesSinceRest = 0;
      pace.afterCopies();
    }
  }

  /** After a copy that was refused, outside of it. */
  CutAbandonedException restAfter(CutAbandonedException refusal) {
    pace.afterAbandoned();
    return refusal;
  }

  long copiesVolatile() {
    return (long) COPIES.getVolatile(this);
  }

  static boolean isInside(long copies) {
    return (copies & 1) != 0;
  }

  /** Frees the reader's own pages; the cut closes with its last reader. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tables.forEach(CutTable::close);
      cut.release(this);
    }
  }
}
