package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.log.Batches;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.pipeline.Journal;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChronicleJournalTest {
  /** Without so much no file is begun, however small the reserve. */
  private static final long ROOM_FOR_FILE = 2 * TestOptions.small().allocationBytes();

  private static final int PAGE_BYTES = 4096;
  private static final int MOST_ROUNDS = 100;

  @TempDir Path directory;
  private final Orders orders = new Orders();

  private JournalDirectory open(Durability durability) throws Exception {
    return JournalDirectory.open(directory, TestOptions.small(), durability, new Orders());
  }

  @Test
  void shouldRefuseABatchLongerThanTheLimitAndGoOn() throws Exception {
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      final Journal journal = opened.journal();
      final int tooLong = journal.maxBatchLength() + 8;
      assertThatThrownBy(
              () -> journal.append(1, 1, new UnsafeBuffer(new byte[tooLong]), 0, tooLong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a batch of 1048584 bytes, the journal takes 1..1048576");
      orders.append(journal, 3);
      assertThat(journal.lastSequence()).isEqualTo(3);
    }
    assertThat(JournalVerifier.verify(directory, orders).commands()).isEqualTo(3);
  }

  @Test
  void shouldRefuseABatchThatDoesNotFollow() throws Exception {
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      orders.append(opened.journal(), 3);
      final int length = orders.encode(5, 1);
      assertThatThrownBy(() -> opened.journal().append(5, 1, orders.commands(), 0, length))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("1 commands from 5 after sequence 3");
    }
  }

  @Test
  void shouldTakeNothingAfterAFailureAndKeepWhatWasBefore() throws Exception {
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      final Journal journal = opened.journal();
      orders.append(journal, 3);
      // A batch whose bytes cannot be read stands for any error in the middle of an append.
      final UnsafeBuffer tooShort = new UnsafeBuffer(new byte[8]);
      assertThatThrownBy(() -> journal.append(4, 1, tooShort, 0, 64))
          .isInstanceOf(JournalException.class);
      assertThatThrownBy(() -> orders.append(journal, 1))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("after its failure");
      assertThatThrownBy(journal::force).isInstanceOf(JournalException.class);
    }
    final VerificationReport report = JournalVerifier.verify(directory, orders);
    assertThat(report.fault()).isEmpty();
    assertThat(report.commands()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITTEN", "SYNCED"})
  void shouldRecordWhatMayBeAcknowledgedAndNoMore(Durability durability) throws Exception {
    try (JournalDirectory opened = open(durability)) {
      orders.append(opened.journal(), 2, 5);
      assertThat(Watermark.read(directory).sequence())
          .isEqualTo(durability == Durability.WRITTEN ? 10 : 0);
      opened.journal().force();
      assertThat(Watermark.read(directory).sequence()).isEqualTo(10);
    }
  }

  @Test
  void shouldTakeNothingWhenClosed() throws Exception {
    final JournalDirectory opened = open(Durability.SYNCED);
    opened.close();
    assertThatThrownBy(() -> orders.append(opened.journal(), 1))
        .isInstanceOf(JournalException.class)
        .hasMessage("the journal is closed");
  }

  @Test
  void shouldBeAppendedByAnotherThreadThanTheOneThatOpened() throws Exception {
    try (JournalDirectory opened = open(Durability.SYNCED)) {
      final Thread stage =
          new Thread(
              () -> {
                orders.append(opened.journal(), 10, 5);
                opened.journal().force();
              });
      stage.start();
      stage.join();
      assertThat(opened.journal().lastSequence()).isEqualTo(50);
    }
  }

  @Test
  void shouldAllocateNothingPerBatch() throws Exception {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      final int batches = 10_000;
      orders.append(opened.journal(), 2 * batches, 2);
      final long thread = Thread.currentThread().getId();
      long bytes = Long.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && bytes >= batches; round++) {
        final long before = threads.getThreadAllocatedBytes(thread);
        orders.append(opened.journal(), batches, 2);
        bytes = threads.getThreadAllocatedBytes(thread) - before;
        // Mapping a new block and compiling cost some now and then; a batch itself takes nothing,
        // and the smallest object for each would be 16 bytes a batch in every round.
      }
      assertThat(bytes).isLessThan(batches);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITTEN", "SYNCED"})
  void shouldHaveEachBlockCachedInSmallPages(Durability durability) throws Exception {
    try (JournalDirectory opened = open(durability)) {
      // Twice a block and more.
      orders.append(opened.journal(), 100, 2_000);
      assertThat(mappedBlocks()).hasSizeGreaterThan(1).allMatch(flags -> flags.contains(" rr"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITTEN", "SYNCED"})
  void shouldLetGoOfBlocksThatItHasLeft(
      Durability durability, @TempDir(factory = CachedPages.OnDisk.class) Path onDisk)
      throws Exception {
    try (JournalDirectory opened =
        JournalDirectory.open(onDisk, TestOptions.small(), durability, new Orders())) {
      // Five blocks of 8 MiB; Chronicle keeps the first one mapped, which reaches into the second.
      orders.append(opened.journal(), 250, 2_000);
      final Path file = JournalFiles.segments(onDisk).get(0);
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> CachedPages.count(file, 12 << 20, 4 << 20) == 0);
    }
    assertThat(JournalVerifier.verify(onDisk, orders).commands()).isEqualTo(500_000);
  }

  /** A page behind the end of its file stands for one that a full disk does not give. */
  @Test
  void shouldKeepNoBatchThatTheSystemDoesNotStore() throws Exception {
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      orders.append(opened.journal(), 1);
      final Path segment = JournalFiles.segments(directory).get(0);
      try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
        // The header of the next batch lies on the last page, its commands reach beyond.
        file.truncate(BitUtil.align(endOfBatches(segment) + Batches.HEADER_LENGTH, PAGE_BYTES));
      }
      // Of its own, since the JVM may throw for the store at any later moment of the thread.
      final Thread thread =
          new Thread(
              () -> {
                try {
                  orders.append(opened.journal(), 1_000);
                } catch (Throwable e) {
                  failure.set(e);
                }
              });
      thread.start();
      thread.join();
      assertThat(failure.get()).hasMessageContaining("refused a store");
      assertThat(Watermark.read(directory).sequence()).isEqualTo(1);
    }
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      assertThat(opened.recovery().lastSequence()).isEqualTo(1);
    }
  }

  private static long endOfBatches(Path segment) throws IOException {
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      long end = 0;
      while (reader.next()) {
        end = reader.end();
      }
      return end;
    }
  }

  /** The kernel's flags of each map of the journal's file in this process. */
  private List<String> mappedBlocks() throws IOException {
    final List<String> blocks = new ArrayList<>();
    boolean ours = false;
    for (final String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        ours = line.contains(directory.toString()) && line.endsWith(".cq4");
      } else if (ours && line.startsWith("VmFlags:")) {
        blocks.add(line);
      }
    }
    return blocks;
  }

  @Test
  void shouldBeReadableByChronicleItself() throws Exception {
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      orders.append(opened.journal(), 20, 7);
      opened.journal().roll();
      orders.append(opened.journal(), 20, 7);
    }
    final Path generation = JournalFiles.generations(directory).get(0);
    int excerpts = 0;
    try (ChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(generation)
                .rollCycle(LargeRollCycles.LARGE_DAILY)
                .blockSize(8 << 20)
                .build();
        ExcerptTailer tailer = queue.createTailer()) {
      final Bytes<?> bytes = Bytes.allocateElasticOnHeap();
      while (tailer.readBytes(bytes)) {
        excerpts++;
        bytes.clear();
      }
    }
    assertThat(excerpts).isEqualTo(40);
    assertThat(JournalVerifier.verify(directory, orders).batches()).isEqualTo(40);
  }

  @Test
  void shouldSayThatThereIsNoSpaceBelowTheReserve() throws Exception {
    try (JournalDirectory opened =
        JournalDirectory.open(
            directory,
            TestOptions.small().reserveBytes(Long.MAX_VALUE),
            Durability.WRITTEN,
            new Orders())) {
      assertThat(opened.journal().hasSpace()).isFalse();
      orders.append(opened.journal(), 1);
    }
    try (JournalDirectory opened = open(Durability.WRITTEN)) {
      assertThat(opened.journal().hasSpace()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1L << 40})
  void shouldLookAtTheDiskAnewBeforeItBeginsAFile(long reserveBytes) throws Exception {
    final TroubledDisk disk = new TroubledDisk();
    final JournalOptions options = TestOptions.small().reserveBytes(reserveBytes).disk(disk);
    final long neededBytes = Math.max(reserveBytes, ROOM_FOR_FILE);
    try (JournalDirectory opened =
        JournalDirectory.open(directory, options, Durability.WRITTEN, orders)) {
      final Journal journal = opened.journal();
      requireFreshLook(journal, disk, neededBytes);
      orders.append(journal, 1);
      journal.roll();
      requireFreshLook(journal, disk, neededBytes);
    }
  }

  /** At once, not within the interval between two looks. */
  private static void requireFreshLook(Journal journal, TroubledDisk disk, long neededBytes) {
    for (int i = 0; i < 10; i++) {
      disk.usableBytes(neededBytes - 1);
      assertThat(journal.hasSpace()).isFalse();
      disk.usableBytes(neededBytes);
      assertThat(journal.hasSpace()).isTrue();
    }
  }

  @Test
  void shouldClaimTheBlocksOfABatchBeforeItWritesIt() throws Exception {
    final TroubledDisk disk = new TroubledDisk();
    final int enospc = 28;
    // Most of the longest batch, so that some reach beyond what was claimed for those before.
    final int size = 10_000;
    try (JournalDirectory opened =
        JournalDirectory.open(
            directory, TestOptions.small().disk(disk), Durability.WRITTEN, new Orders())) {
      final Journal journal = opened.journal();
      orders.append(journal, size);
      for (int i = 0; i < 6; i++) {
        orders.append(journal, size);
        assertThat(disk.claimedTo()).isGreaterThanOrEqualTo(endOfBatches());
      }
      disk.allocations(enospc, enospc, enospc);
      assertThatThrownBy(() -> orders.append(journal, 6, size))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("no space left");
      assertThat(disk.claimedTo()).isGreaterThanOrEqualTo(endOfBatches());
    }
  }

  private long endOfBatches() throws IOException {
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(JournalFiles.segments(directory).get(0));
      while (reader.next()) {
        // To the end.
      }
      return reader.position();
    }
  }
}
