package dev.verdant.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.UnsafeApi;

/**
 * The consistent cut while the writer runs: the writer's side, and the contract of both.
 *
 * <p>Every page of every table has an epoch, every cut has a larger one than all before. The live
 * content of a page is that of each open cut whose epoch is above the page's. Before the writer
 * first changes a page of a smaller epoch than the newest open cut's, it saves the content once for
 * all cuts in between and raises the page's epoch. So a cut costs what is changed while it is open,
 * each page at most once, and nothing depends on the size of the state but the copying of the
 * directories (8 bytes a megabyte) that have changed since the last cut.
 *
 * <p>Assumed of the caller:
 *
 * <ol>
 *   <li>One writer: tables change, and cuts are opened, by one thread at a time.
 *   <li>A cut is opened between commands: an address that {@link Table#writable} gave before it is
 *       not written through after it.
 *   <li>A {@link CutReader} is used by one thread at a time.
 *   <li>A reader holds on to addresses only as long as {@link Records#address} says.
 *   <li>Who drains a cut reads each page once, and nobody else reads that cut.
 *   <li>No reader asks for a slot that was not in use when its cut was opened.
 * </ol>
 *
 * <p>Guaranteed in return:
 *
 * <ol>
 *   <li>Consistency: all that the readers of a cut see is as it was when the cut was opened,
 *       segments that have left their tables since included, or they get a {@link
 *       CutAbandonedException}; never a mixture, never a later byte but for entries of an index
 *       that say nothing to them (see the end).
 *   <li>The writer never waits for a reader, takes no lock, and does a bounded amount of work for
 *       cuts with each change and each {@link #reclaim}.
 *   <li>A reader never waits for the writer: it copies a page at most twice.
 *   <li>What is kept for cuts (saved pages, segments released while a cut is open) stays within the
 *       limit. When it would, the oldest cut is given up, then the next: the cut gives way, not the
 *       writer.
 *   <li>What only closed or abandoned cuts needed is used again as soon as no reader is inside a
 *       copy that began before; a reader that hangs outside a copy holds nothing.
 *   <li>A page that a draining reader has passed is not saved for its cut any more, as long as no
 *       other cut is open.
 * </ol>
 *
 * <p>The order of things, which makes it so:
 *
 * <pre>
 *   writer, first change of a page           reader, one page of a cut with epoch C
 *   1 copy content to a block                1 copies = odd                     (volatile)
 *   2 block's older, from, to      (plain)   2 cut open?                        (volatile)
 *   3 head = block               (release)   3 epoch &lt; C?                        (acquire)
 *   4 epoch = newest cut's       (release)   4   yes: copy the live page, loadFence,
 *   5 storeStoreFence                             epoch still &lt; C? then it is good  (acquire)
 *   6 change the page              (plain)   5   no: from the head on            (acquire)
 *                                                 the first block with from &lt;= C; copy it
 *   writer, freeing                          6 loadFence, cut still open?       (volatile)
 *   1 state = abandoned         (volatile)   7 copies = even                     (release)
 *     or unlink the block        (release)
 *   2 full fence
 *   3 wait for those whose copies is odd
 * </pre>
 *
 * A copy of the live page that holds any byte of step 6 is followed by a look at the epoch that
 * sees step 4. A change without steps 1 to 5 happens only when every cut that it concerns is
 * abandoned: then the reader's last look refuses the copy; or when the only open cut's only reader
 * has passed the page (its release, the writer's acquire): then nobody reads it, and a reader that
 * tries is refused before it looks; or when the page's only record has come to be since the newest
 * cut was opened ({@link Table#writableNew}): then no reader asks for it; or when what changes, by
 * one aligned store of eight bytes, says nothing to any reader before and after ({@link
 * HashIndex}).
 */
final class CutSpace {
  /** Saved pages of closed cuts that are looked at with each {@link #reclaim}. */
  private static final int RECLAIM_STEP = 16;

  /** Share of the limit that is kept back: below it a cut is given up before pages run out. */
  private static final int RESERVE_SHARE = 16;

  private final Memory memory;
  private final long limitBytes;
  private final long reserveBytes;
  private final PageArena arena;
  private final ReaderRegistry readers = new ReaderRegistry();
  private final Limbo limbo = new Limbo(this, readers);

  /** Open cuts, oldest first. */
  private final List<Cut> open = new ArrayList<>();

  /** Saved pages whose newest cut has closed while an older one is open. */
  private final SavedPageList retired = new SavedPageList();

  /** Released segments that open cuts have in their directories, in the order of release. */
  private final ArrayDeque<Limbo.Segment> graveyard = new ArrayDeque<>();

  private long buriedBytes;
  private long lastEpoch;
  private long newest;
  private Cut newestCut;
  private long closedSeen;
  private long givenUp;
  private final AtomicLong closed = new AtomicLong();

  CutSpace(Memory memory, long limitBytes) {
    this.memory = memory;
    this.limitBytes = limitBytes;
    reserveBytes = limitBytes / RESERVE_SHARE / SavedPage.BLOCK_BYTES * SavedPage.BLOCK_BYTES;
    arena = new PageArena(memory, limitBytes);
  }

  /** Epoch of the newest open cut, 0 if there is none. */
  long newestEpoch() {
    return newest;
  }

  /** Epoch of the oldest open cut, larger than that of any cut if there is none. */
  long oldestEpoch() {
    return open.isEmpty() ? Long.MAX_VALUE : open.get(0).epoch;
  }

  /** Epoch of the cut that is opened next. */
  long nextEpoch() {
    return lastEpoch + 1;
  }

  /** Whether the writer still saves pages for the cut of an epoch. */
  boolean isOpen(long epoch) {
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).epoch == epoch) {
        return true;
      }
    }
    return false;
  }

  /** Number of open cuts. */
  int openCuts() {
    return open.size();
  }

  ReaderRegistry readers() {
    return readers;
  }

  /** Number of cuts given up so far for want of room. */
  long givenUp() {
    return givenUp;
  }

  /** Bytes of what is kept for cuts at the moment. */
  long keptBytes() {
    return arena.usedBytes() + buriedBytes;
  }

  /** Bytes that are there for saved pages, in use or not; any thread. */
  long arenaBytes() {
    return arena.bytes();
  }

  /** Opens a cut of the given tables with one reader. */
  CutReader open(List<Table> tables, long sequence) {
    reclaim();
    final Map<Table, TableImage> images = new HashMap<>();
    tables.forEach(table -> images.put(table, table.image()));
    final Cut cut = new Cut(this, images, ++lastEpoch, sequence);
    open.add(cut);
    noteNewest();
    return cut.firstReader();
  }

  private void noteNewest() {
    newestCut = open.isEmpty() ? null : open.get(open.size() - 1);
    newest = newestCut == null ? 0 : newestCut.epoch;
    memory.noteNewestCut(newest, open.size() == 1 ? open.get(0) : null);
  }

  /**
   * Saves a page before its first change for the newest cut; the caller has compared the epochs,
   * and knows that the page is read for a cut.
   */
  void save(long meta, long content, int bytes) {
    final long block = takeBlock(meta);
    if (block == 0) {
      return;
    }
    UnsafeApi.copyMemory(content, block + SavedPage.CONTENT, bytes);
    final long from = SegmentLayout.epochPlain(meta) + 1;
    SavedPage.fillPlain(block, SegmentLayout.headPlain(meta), from, newest, meta);
    newestCut.saved.add(block);
    SegmentLayout.headRelease(meta, block);
    SegmentLayout.epochRelease(meta, newest);
    UnsafeApi.storeStoreFence();
  }

  /** A block for the page, or 0 if no open cut needs the page saved any more. */
  private long takeBlock(long meta) {
    if (leftBytes() < reserveBytes) {
      makeRoom();
    }
    return SegmentLayout.epochPlain(meta) < newest ? arena.take() : 0;
  }

  /** What the limit leaves once one more page is saved. */
  private long leftBytes() {
    return limitBytes - keptBytes() - SavedPage.BLOCK_BYTES;
  }

  /** Leaves room for a page, or no open cut. */
  private void makeRoom() {
    reclaim();
    if (leftBytes() < reserveBytes && retired.isEmpty() && limbo.isEmpty() && !open.isEmpty()) {
      giveUpOldest();
    }
    while (leftBytes() < 0 && !open.isEmpty()) {
      giveUpOldest();
    }
  }

  /** Keeps or frees a segment that has left its table. */
  void bury(long address, int bytes) {
    final Limbo.Segment segment = new Limbo.Segment(address, bytes, newest);
    buriedBytes += bytes;
    graveyard.add(segment);
    digUp();
    while (!open.isEmpty() && keptBytes() > limitBytes) {
      giveUpOldest();
    }
    limbo.poll();
  }

  /** Lets go what the oldest open cut is too young to know. */
  private void digUp() {
    while (!graveyard.isEmpty() && graveyard.peek().epoch() < oldestEpoch()) {
      limbo.add(graveyard.remove());
    }
  }

  /**
   * A little of the work that closed cuts leave behind; to be called with each command or batch.
   */
  void reclaim() {
    if (closedSeen != closed.get()) {
      closedSeen = closed.get();
      retireClosed();
    }
    for (int i = 0; i < RECLAIM_STEP && !retired.isEmpty(); i++) {
      passOn(retired.poll());
    }
    if (!limbo.isEmpty()) {
      limbo.poll();
    }
  }

  private void retireClosed() {
    while (!open.isEmpty() && !open.get(0).isOpen()) {
      limbo.addAll(open.remove(0).saved);
    }
    for (int i = open.size() - 1; i >= 0; i--) {
      final Cut cut = open.get(i);
      if (!cut.isOpen()) {
        open.remove(i);
        retired.addAll(cut.saved);
      }
    }
    afterLoss();
  }

  private void giveUpOldest() {
    final Cut cut = open.remove(0);
    givenUp++;
    cut.abandonVolatile(
        " was given up: what open cuts keep would exceed the limit of "
            + limitBytes
            + " bytes ("
            + arena.usedBytes()
            + " in saved pages, "
            + buriedBytes
            + " in released segments)");
    limbo.addAll(cut.saved);
    afterLoss();
    limbo.poll();
  }

  private void afterLoss() {
    noteNewest();
    digUp();
    if (open.isEmpty()) {
      // Nobody walks the chains any more, so they need not be taken apart.
      limbo.addAll(retired);
    }
  }

  /** Gives a saved page of a closed cut to the next older cut that needs it, else frees it. */
  private void passOn(long block) {
    final long from = SavedPage.from(block);
    final long to = SavedPage.to(block);
    for (int i = open.size() - 1; i >= 0; i--) {
      final Cut cut = open.get(i);
      if (cut.epoch <= to) {
        if (cut.epoch >= from) {
          cut.saved.add(block);
        } else {
          unlinkRelease(block);
          limbo.add(block);
        }
        return;
      }
    }
    limbo.add(block);
  }

  /**
   * Takes a block out of its page's chain. All blocks before it are in use or were unlinked: an
   * older cut has been open since before they were saved.
   */
  private static void unlinkRelease(long block) {
    final long meta = SavedPage.meta(block);
    final long older = SavedPage.olderPlain(block);
    long newer = SegmentLayout.headPlain(meta);
    if (newer == block) {
      SegmentLayout.headRelease(meta, older);
      return;
    }
    while (SavedPage.olderPlain(newer) != block) {
      newer = SavedPage.olderPlain(newer);
    }
    SavedPage.olderRelease(newer, older);
  }

  void freeBlocks(SavedPageList blocks) {
    arena.giveBack(blocks);
  }

  /** Nobody reads the segment any more: it is not kept for a cut. */
  void noteUnread(Limbo.Segment segment) {
    buriedBytes -= segment.bytes();
  }

  void freeSegment(Limbo.Segment segment) {
    memory.free(segment.address(), segment.bytes());
  }

  /** The last reader of a cut has closed; any thread. */
  void noteClosed() {
    closed.incrementAndGet();
  }

  /** Gives up all cuts and frees everything, as soon as no reader is inside a copy. */
  void close() {
    while (!open.isEmpty()) {
      final Cut cut = open.remove(open.size() - 1);
      cut.abandonVolatile(" was given up: its memory is closed");
      limbo.addAll(cut.saved);
    }
    afterLoss();
    limbo.poll();
    // At most the rest of one page's copy, some microseconds, so not worth more than looking again.
    while (!limbo.isEmpty()) {
      limbo.poll();
    }
    arena.close();
  }
}
