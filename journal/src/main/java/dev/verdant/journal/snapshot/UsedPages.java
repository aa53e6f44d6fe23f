package dev.verdant.journal.snapshot;

import dev.verdant.journal.disk.PageCache;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the system's cache that a snapshot's files take up once they have been written or
 * read. The system is told to drop it, so that what comes next finds pages that were in use a
 * moment ago, at a fraction of the cost of others, and what else the machine keeps in memory stays
 * there.
 *
 * <p>A hint: without it all is the same but slower. For one thread at a time.
 */
final class UsedPages {
  private static final Logger LOGGER = LoggerFactory.getLogger(UsedPages.class);

  private boolean letsGo = true;

  /** Lets go of a stretch of a file, which is on disk. */
  void letGo(Path file, long from, long to) {
    if (letsGo) {
      try (PageCache cache = PageCache.of(file)) {
        cache.letGo(from, to - from);
      } catch (IOException | LinkageError e) {
        letsGo = false;
        LOGGER.info("pages of a snapshot stay in memory", e);
      }
    }
  }
}
