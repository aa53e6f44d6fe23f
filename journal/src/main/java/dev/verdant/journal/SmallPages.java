package dev.verdant.journal;

import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the page cache of a mapped file in pages of the least size, so that a force writes what was
 * stored and little more. File systems with large folios (ext4 since Linux 6.16, XFS) read ahead in
 * pieces of up to 2 MiB, and one byte stored makes the whole piece dirty: a force of 100 KiB of
 * commands wrote 2 MiB. A map that is said to be read at random is not read ahead.
 *
 * <p>A hint: where it is not taken, the journal is slower and no less safe. For the thread that
 * appends.
 */
final class SmallPages {
  private static final Logger LOGGER = LoggerFactory.getLogger(SmallPages.class);

  private MappedBytesStore advised;
  private boolean refused;

  /** Advises a block that has been mapped, once; to be asked after each append. */
  @SuppressWarnings("ReferenceEquality") // another map may well have the same bytes or address
  void advise(MappedBytesStore block) {
    if (block == advised) {
      return;
    }
    advised = block;
    final PosixAPI posix = PosixAPI.posix();
    final long length = block.capacity() - block.start();
    if (posix.madvise(block.addressForRead(block.start()), length, MAdviseFlag.MADV_RANDOM) != 0
        && !refused) {
      refused = true;
      LOGGER.info("no advice on the journal's pages: error {}", posix.lastError());
    }
  }
}
