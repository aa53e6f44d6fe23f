package dev.verdant.journal.append;

import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the page cache of a mapped file in pages of the smallest size, each found when it is first
 * touched, so that
 *
 * <ul>
 *   <li>a force writes what was stored and little more: file systems with large folios (ext4 since
 *       Linux 6.16, XFS) read ahead in pieces of up to 2 MiB, and one byte stored makes the whole
 *       piece dirty, so a force of 100 KiB of commands wrote 2 MiB;
 *   <li>no append waits for more than its own pages: the first touch of a block had the system
 *       read, that is zero, as much as the device reads ahead, 8 MiB in 4 to 6 ms.
 * </ul>
 *
 * <p>A map that is said to be read at random is not read ahead. A block can be told so only once it
 * has been mapped and touched; so the pages that its first append will touch are read beforehand,
 * through the end of the block before it, which reaches into it.
 *
 * <p>A hint: where it is not taken, the journal is slower and no less safe. For the thread that
 * appends.
 */
final class SmallPages {
  private static final Logger LOGGER = LoggerFactory.getLogger(SmallPages.class);

  private static final int PAGE_BYTES = 4096;

  /** Of the next block, read beforehand: three batches of 1,024 orders, the most of a turn. */
  private static final int AHEAD_BYTES = 256 << 10;

  private MappedBytesStore advised;
  private boolean refused;

  /** What was read, so that no compiler takes the reads away. */
  @SuppressWarnings("UnusedVariable")
  private int sink;

  /**
   * Advises a block that has been mapped, once; to be asked after each append.
   *
   * @return whether it is another block than before.
   */
  @SuppressWarnings("ReferenceEquality") // another map may well have the same bytes or address
  boolean advise(MappedBytesStore block) {
    if (block == advised) {
      return false;
    }
    advised = block;
    final PosixAPI posix = PosixAPI.posix();
    final long length = block.capacity() - block.start();
    if (posix.madvise(block.addressForRead(block.start()), length, MAdviseFlag.MADV_RANDOM) != 0
        && !refused) {
      refused = true;
      LOGGER.info("no advice on the journal's pages: error {}", posix.lastError());
    }
    readNext(block);
    return true;
  }

  private void readNext(MappedBytesStore block) {
    final long next = block.safeLimit();
    final long end = Math.min(next + AHEAD_BYTES, block.capacity());
    for (long position = next; position < end; position += PAGE_BYTES) {
      sink += block.readByte(position);
    }
  }
}
