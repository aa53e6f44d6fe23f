package dev.verdant.journal.append;

import dev.verdant.journal.disk.PageCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the pages behind the appender written to disk and dropped from the system's cache, so that
 * the pages ahead of it can use their memory. A page that was in use a moment ago costs the system
 * a fraction of one that has long been free: the host of a virtual machine may have taken that
 * back, and must find another. What else the machine keeps in memory stays there, and no heap of
 * changed pages waits for the system to write it all at once. A start reads the journal from the
 * disk.
 *
 * <p>A thread of its own does so in pieces, with a rest after each: two processors are busy with
 * commands, and one of them stands still while a piece is worked on. So pieces are small, unless
 * the appender is so fast that only large ones keep up. Only of blocks that the appender has left,
 * whose maps are gone: to write a mapped page, the system has to stop every processor that may be
 * writing to it.
 *
 * <p>A hint: where it is not taken, the journal is slower and no less safe. {@link #passed} is for
 * the thread that appends, and costs it nothing but the moment.
 */
final class PagesBehind implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(PagesBehind.class);

  /** Takes some hundredths of a millisecond. */
  private static final int PIECE_BYTES = 64 << 10;

  /** In a hurry; takes some tenths of a millisecond. */
  private static final int LARGE_PIECE_BYTES = 512 << 10;

  /**
   * Kept between the beginning of a page's writing and letting go of it, which must find it
   * written.
   */
  private static final int BEING_WRITTEN_BYTES = 8 << 20;

  /**
   * More than that behind, and small pieces do not keep up, which begins a hurry: about a block.
   */
  private static final int MUCH_BYTES = 32 << 20;

  /** Between small pieces: some 50 MB/s. */
  private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(1_250);

  /** Between large pieces: some 400 MB/s. */
  private static final long LARGE_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** When there is nothing to do. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Nothing to do so often in a row, a quarter of a second, and the hurry is over. */
  private static final int CALM_POLLS = 25;

  /** The beginning of a file that the appender has left for good. */
  private record Passed(Path file, long end) {}

  private volatile Passed passed;
  private volatile boolean closed;

  // Of the thread.
  private Path file;
  private PageCache cache;
  private long begun;
  private long gone;
  private boolean hurried;
  private int idlePolls;

  void start() {
    final Thread thread = new Thread(this::run, "verdant-journal-pages");
    thread.setDaemon(true);
    thread.start();
  }

  /** The appender will touch nothing before this position of a file any more. */
  void passed(Path passedFile, long end) {
    passed = new Passed(passedFile, end);
  }

  private void run() {
    try {
      while (!closed) {
        final Passed now = passed;
        LockSupport.parkNanos(now == null ? POLL_NANOS : follow(now));
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      LOGGER.info("pages behind the journal stay in memory", e);
    } finally {
      leave();
    }
  }

  /** Does a piece of what there is to do; returns how long to rest. */
  private long follow(Passed now) throws IOException {
    if (!now.file.equals(file)) {
      letGoOfTheRest();
      leave();
      cache = PageCache.of(now.file);
      file = now.file;
      begun = 0;
      gone = 0;
    }
    final long behind = now.end - begun;
    if (behind < PIECE_BYTES) {
      idlePolls++;
      if (idlePolls == CALM_POLLS) {
        hurried = false;
        letGoOfTheRest();
      }
      return POLL_NANOS;
    }
    idlePolls = 0;
    hurried |= behind > MUCH_BYTES;
    if (hurried && behind >= LARGE_PIECE_BYTES) {
      follow(LARGE_PIECE_BYTES);
      return LARGE_REST_NANOS;
    }
    follow(PIECE_BYTES);
    return REST_NANOS;
  }

  private void follow(int bytes) throws IOException {
    cache.beginToWrite(begun, bytes);
    begun += bytes;
    if (begun - gone > BEING_WRITTEN_BYTES) {
      cache.letGo(gone, bytes);
      gone += bytes;
    }
  }

  /** A disk that was busy may not have been done with all of it when its turn came. */
  private void letGoOfTheRest() throws IOException {
    if (cache != null && gone > 0) {
      cache.letGo(0, gone);
    }
  }

  private void leave() {
    if (cache != null) {
      cache.close();
      cache = null;
    }
  }

  /** What has not been let go of stays with the system. */
  @Override
  public void close() {
    closed = true;
  }
}
