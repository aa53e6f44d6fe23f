package dev.verdant.journal.append;

import dev.verdant.journal.disk.DirectoryLock;
import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.Watermark;
import dev.verdant.pipeline.Journal;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on Chronicle Queue: one excerpt per batch ({@link BatchExcerpt}), one queue per start
 * of an engine.
 *
 * <ul>
 *   <li>The file is chosen by our own segment number, never by the wall clock, which may step back.
 *   <li>{@link #force} is a call on the file itself ({@link SegmentFile}), not Chronicle's.
 *   <li>With {@code written} it is called by nobody who waits, but in the background ({@link
 *       LateForce}).
 *   <li>After any failure nothing more is appended: what is in the file then is for recovery to
 *       decide.
 * </ul>
 *
 * <p>One thread at a time appends and rolls. Another may {@link #force} meanwhile: it forces what
 * was appended before, and waits only for a change of files, as that waits for it. {@link
 * #hasSpace} is for any thread. Nothing is allocated per batch.
 */
public final class ChronicleJournal implements Journal {
  private static final Logger LOGGER = LoggerFactory.getLogger(ChronicleJournal.class);

  private static final RollCycle ROLL_CYCLE = LargeRollCycles.LARGE_DAILY;

  /** Chronicle's own pages between two batches: the next index, 32 Ki entries of 8 bytes, twice. */
  private static final long INDEX_ALLOWANCE = 1 << 20;

  /** How seldom the places of lock and file are looked at: each time is a few system calls. */
  private static final long LOOK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What Chronicle writes behind the last excerpt of a file that it leaves. */
  private static final int END_MARK_BYTES = Integer.BYTES;

  private static final String REFUSED_STORE =
      "the system refused a store to the map of a file: the disk is full, read-only, or has failed";

  private final Disk disk;
  private final Path generation;
  private final long blockSizeBytes;
  private final int maxBatchLength;
  private final boolean synced;
  private final Watermark watermark;
  private final DirectoryLock lock;
  private final DiskSpace space;
  private final SmallPages pages = new SmallPages();
  private final PagesBehind behind = new PagesBehind();
  private final BatchExcerpt excerpt;

  /** Held while files are forced or changed. */
  private final Object files = new Object();

  /** Guards the last batch, for a force beside the appends; never held for long. */
  private final Object lastBatch = new Object();

  private ChronicleQueue queue;
  private ExcerptAppender appender;

  /** Null before the first append. */
  private SegmentFile file;

  private long lookedNanos = System.nanoTime();

  /** Of what has been appended to the file. */
  private long end;

  private int segment;
  private long lastSequence;
  private int lastChecksum;
  private long appendedBytes;
  private long forcedSequence;

  /** The next append begins a file, of which no block has been claimed. */
  private volatile boolean beginsFile = true;

  /** Null where forces are the caller's business, or nobody's. */
  private LateForce lateForce;

  private volatile Throwable failure;

  /** Whether a caller knows of the failure, which may have come in the background. */
  private volatile boolean failureTold;

  private volatile boolean closed;

  private ChronicleJournal(
      Path generation,
      JournalOptions options,
      Durability durability,
      DirectoryLock lock,
      Watermark watermark,
      DiskSpace space) {
    this.lock = lock;
    this.disk = options.disk();
    this.generation = generation;
    this.blockSizeBytes = options.blockSizeBytes();
    this.maxBatchLength = options.maxBatchLength();
    this.synced = durability == Durability.SYNCED;
    this.watermark = watermark;
    this.space = space;
    this.excerpt = new BatchExcerpt(maxBatchLength);
  }

  /**
   * Starts a new queue that continues a journal, and records all of that as acknowledged.
   *
   * @param lock of the data directory; the caller's to close, after the journal.
   * @param space of the directory; closed with the journal.
   * @param options of the journal, concluded.
   * @param durability what an acknowledgement will promise.
   * @param lastSequence of the journal so far, 0 if it is empty.
   * @param lastChecksum of the batch that ends there, 0 if there is none.
   * @throws IOException if the disk does not take the new files.
   */
  public static ChronicleJournal start(
      DirectoryLock lock,
      DiskSpace space,
      JournalOptions options,
      Durability durability,
      long lastSequence,
      int lastChecksum)
      throws IOException {
    final Disk disk = options.disk();
    final Path directory = lock.directory();
    // What has been recovered is promised from now on: a client that asks again is told so.
    final Watermark watermark = Watermark.create(disk, directory, lastSequence, lastChecksum);
    ChronicleJournal journal = null;
    boolean started = false;
    try {
      final Path generation = JournalFiles.createGeneration(disk, directory);
      journal = new ChronicleJournal(generation, options, durability, lock, watermark, space);
      journal.continueFrom(lastSequence, lastChecksum);
      journal.startLateForce(options.lateForceMillis());
      started = true;
      return journal;
    } finally {
      if (!started) {
        CloseHelper.quietClose(watermark);
        if (journal != null) {
          journal.abandon();
        }
      }
    }
  }

  private void continueFrom(long sequence, int checksum) throws IOException {
    lastSequence = sequence;
    lastChecksum = checksum;
    forcedSequence = sequence;
    openQueue();
    behind.start();
  }

  private void startLateForce(long intervalMillis) {
    if (!synced && intervalMillis > 0) {
      lateForce =
          new LateForce(this::appendedBytes, this::forceLate, this::lookForErrors, intervalMillis);
      lateForce.start();
    }
  }

  private void abandon() {
    CloseHelper.quietClose(queue);
    behind.close();
    excerpt.close();
  }

  private void openQueue() throws IOException {
    queue =
        SingleChronicleQueueBuilder.binary(generation)
            .rollCycle(ROLL_CYCLE)
            .timeProvider(() -> (long) segment * ROLL_CYCLE.lengthInMillis())
            .blockSize(blockSizeBytes)
            .syncMode(SyncMode.NONE)
            .build();
    if (queue.rollCycle() != ROLL_CYCLE) {
      throw new IOException("roll cycle " + queue.rollCycle() + " in " + generation);
    }
    appender = queue.createAppender();
    // The thread that recovers hands over to the journal stage's.
    appender.singleThreadedCheckDisabled(true);
    disk.forceDirectory(generation);
  }

  @Override
  public int maxBatchLength() {
    return maxBatchLength;
  }

  @Override
  public void append(long firstSequence, int count, DirectBuffer commands, int offset, int length) {
    requireUsable();
    if (firstSequence != lastSequence + 1 || count < 1) {
      throw new IllegalArgumentException(
          count + " commands from " + firstSequence + " after sequence " + lastSequence);
    }
    if (length < 1 || length > maxBatchLength) {
      throw new IllegalArgumentException(
          "a batch of " + length + " bytes, the journal takes 1.." + maxBatchLength);
    }
    try {
      requireFilesInPlace();
      excerpt.put(firstSequence, count, lastChecksum, commands, offset, length);
      if (file == null) {
        space.requireWritable();
      } else {
        space.claim(appender.wire().bytes().writePosition() + excerpt.length() + INDEX_ALLOWANCE);
      }
      appender.writeBytes(excerpt.store());
      if (file == null || file.cycle() != appender.cycle()) {
        switchFile();
      }
      end = appender.wire().bytes().writePosition();
      final MappedBytesStore block = (MappedBytesStore) appender.wire().bytes().bytesStore();
      requireStored(block);
      if (pages.advise(block)) {
        behind.passed(file.path(), block.start());
      }
      synchronized (lastBatch) {
        lastSequence = firstSequence + count - 1;
        lastChecksum = excerpt.checksum();
        appendedBytes += excerpt.length();
      }
      if (!synced) {
        watermark.record(lastSequence, lastChecksum);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw failed("cannot append the batch from sequence " + firstSequence, e);
    }
  }

  /** As of at most 100 ms ago. */
  private void requireFilesInPlace() throws IOException {
    final long nowNanos = System.nanoTime();
    if (nowNanos - lookedNanos <= LOOK_INTERVAL_NANOS) {
      return;
    }
    lookedNanos = nowNanos;
    lock.requireInPlace();
    if (file != null) {
      file.requireInPlace();
    }
  }

  /**
   * Compares what the map holds with what was to be stored. A store to a page that the system does
   * not give, on a full disk that has no claims or one that has failed, is skipped, and the JVM
   * throws for it at some later moment, which may be long after the reply has gone out.
   */
  private void requireStored(MappedBytesStore block) throws IOException {
    final long start = appender.wire().bytes().writePosition() - excerpt.length();
    if (!excerpt.isAt(block.addressForRead(start))) {
      throw new IOException(REFUSED_STORE);
    }
  }

  /** Follows Chronicle into a new file; the old one has got its end mark since it was forced. */
  private void switchFile() throws IOException {
    synchronized (files) {
      if (file != null) {
        file.requireInPlace();
        file.force(disk);
        space.releaseBehind(end + END_MARK_BYTES);
        file.close();
      }
      file = SegmentFile.open(appender.cycle(), appender.currentFile().toPath());
      space.use(file.path());
      beginsFile = false;
      disk.forceDirectory(generation);
    }
  }

  @Override
  public long force() {
    requireUsable();
    synchronized (files) {
      final long sequence;
      final int checksum;
      synchronized (lastBatch) {
        sequence = lastSequence;
        checksum = lastChecksum;
      }
      if (forcedSequence != sequence) {
        forceTo(sequence, checksum);
      }
      return sequence;
    }
  }

  private void forceTo(long sequence, int checksum) {
    try {
      file.force(disk);
      // Before the reply goes out, so that the promise is on disk when it is made.
      watermark.record(sequence, checksum);
      watermark.force();
      forcedSequence = sequence;
    } catch (IOException | RuntimeException | Error e) {
      throw failed("cannot force sequence " + sequence + " to disk", e);
    }
  }

  /** Bytes appended since the start; any thread. */
  private long appendedBytes() {
    synchronized (lastBatch) {
      return appendedBytes;
    }
  }

  /**
   * Forces what was appended, where no reply waits for it, and so tells no watermark; any thread.
   *
   * @return whether it may be called again: the journal has neither failed nor been closed.
   */
  private boolean forceLate() {
    synchronized (files) {
      if (failure != null || closed) {
        return false;
      }
      try {
        if (file != null) {
          file.force(disk);
        }
        return true;
      } catch (IOException | RuntimeException | Error e) {
        return failLate(e);
      }
    }
  }

  /**
   * Looks whether the system has failed to write anything of the file, where it is left to that.
   *
   * @return as {@link #forceLate}.
   */
  private boolean lookForErrors() {
    final Path written;
    synchronized (files) {
      if (failure != null || closed) {
        return false;
      }
      written = file.path();
    }
    try {
      // Not under the lock: it waits for the disk, and the appender may want to change files.
      disk.requireWritten(written);
      return true;
    } catch (IOException | RuntimeException | Error e) {
      return failLate(e);
    }
  }

  /**
   * Where nobody waits: the next append is refused for it. Logged at once, since that may be long
   * in coming, and what was acknowledged last may be at stake meanwhile.
   *
   * @return that nothing is to be called again.
   */
  private boolean failLate(Throwable cause) {
    failure = cause;
    // A look that a close has overtaken finds no file, and the close has forced it.
    if (!closed) {
      LOGGER.error(
          "the disk has failed beneath the journal: what was appended last may not be on it, and no"
              + " more will be taken",
          cause);
    }
    return false;
  }

  /** All before is forced first, so that an older file is always complete. */
  @Override
  public void roll() {
    force();
    segment++;
    beginsFile = true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>What is claimed ahead covers the moments between two looks at the disk, but not the first
   * pages of a file, which Chronicle maps and writes itself: on a full disk that ends the process,
   * also where nothing is to be kept in reserve.
   */
  @Override
  public boolean hasSpace() {
    return beginsFile ? space.hasRoomForFileNow() : space.isAboveReserve();
  }

  @Override
  public long lastSequence() {
    return lastSequence;
  }

  private void requireUsable() {
    if (failure != null) {
      failureTold = true;
      throw new JournalException(
          "the journal takes nothing after its failure: " + failure.getMessage(), failure);
    }
    if (closed) {
      throw new JournalException("the journal is closed");
    }
  }

  private JournalException failed(String what, Throwable cause) {
    failure = cause;
    failureTold = true;
    // What the JVM throws for a store that was refused, if it is there in time.
    final String why = cause instanceof InternalError ? REFUSED_STORE : cause.getMessage();
    return new JournalException(what + " in " + generation + ": " + why, cause);
  }

  /**
   * Forces what was appended, unless the journal has failed, and gives all files back.
   *
   * @throws JournalException if it cannot, or the journal has failed and nobody was told yet.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      if (!failureTold) {
        force();
      }
    } finally {
      CloseHelper.quietClose(lateForce);
      synchronized (files) {
        closed = true;
      }
      closeAll();
    }
  }

  /** Whatever one of them throws, none is left open. */
  private void closeAll() {
    try {
      CloseHelper.closeAll(appender, queue, space, behind, watermark, file, excerpt);
    } catch (Exception e) {
      throw new JournalException("cannot close a file in " + generation, e);
    }
  }
}
