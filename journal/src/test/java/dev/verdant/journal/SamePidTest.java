package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.recovery.CommandConsumer;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.protocol.codec.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.BusyTimedPauser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a container every start has the same pid, so that Chronicle takes the lock of a killed process
 * for one held by a living one, its own, and waits for it.
 */
class SamePidTest {
  private static final int ROUNDS = 2;
  private static final int ACKNOWLEDGEMENTS = 20;
  private static final int COMMANDS = 30;
  private static final long LOCK_TIMEOUT_MILLIS = 1_000;

  @TempDir Path directory;
  private final Orders orders = new Orders();

  @Test
  void shouldNotCareAboutALockOfItsOwnPidInAnOlderGeneration() throws Exception {
    try (JournalDirectory opened = open(new Orders())) {
      orders.append(opened.journal(), COMMANDS);
    }
    final Path generation = JournalFiles.generations(directory).get(0);
    final Path metadata = generation.resolve("metadata.cq4t");
    leaveLockedByThisPid(metadata);
    final byte[] locked = Files.readAllBytes(metadata);

    final Orders replayed = new Orders();
    try (JournalDirectory opened = open(replayed)) {
      assertThat(replayed.count()).isEqualTo(COMMANDS);
      orders.append(opened.journal(), COMMANDS);
    }
    // Neither waited for nor broken: nobody has looked at it.
    assertThat(Files.readAllBytes(metadata)).isEqualTo(locked);
    assertThat(JournalVerifier.verify(directory, new Orders()).commands()).isEqualTo(2 * COMMANDS);
  }

  private JournalDirectory open(CommandConsumer consumer) throws Exception {
    return JournalDirectory.open(directory, TestOptions.small(), Durability.WRITTEN, consumer);
  }

  /** Leaves the lock as a process of this pid does that is killed while it appends. */
  private static void leaveLockedByThisPid(Path metadata) {
    SingleChronicleQueueBuilder.addAliases();
    try (TableStore<?> store = table(metadata)) {
      new TableStoreWriteLock(store, BusyTimedPauser::new, LOCK_TIMEOUT_MILLIS).lock();
    }
    try (TableStore<?> store = table(metadata);
        TableStoreWriteLock lock =
            new TableStoreWriteLock(store, BusyTimedPauser::new, LOCK_TIMEOUT_MILLIS)) {
      assertThat(lock.lockedBy()).isEqualTo(ProcessHandle.current().pid());
    }
  }

  private static TableStore<?> table(Path metadata) {
    return SingleTableBuilder.binary(metadata, Metadata.NoMeta.INSTANCE).build();
  }

  @Test
  void shouldGoOnAsProcessOneAgainAfterAKillInTheMiddleOfAppending() throws Exception {
    assumeThat(Child.canStartAsPidOne())
        .as("this machine lets the user make pid namespaces; the test beside holds without")
        .isTrue();
    long kept = 0;
    for (int round = 0; round < ROUNDS; round++) {
      final Process writer = Child.startAsPidOne(WriterMain.class, directory, Durability.WRITTEN);
      final long acknowledged = Child.killAfter(ACKNOWLEDGEMENTS, writer);
      assertThat(Files.readString(directory.resolve("lock"))).isEqualTo("1");
      awaitEndOfOwner();
      assertThat(Path.of("target", "WriterMain.err")).content().doesNotContainIgnoringCase("lock");
      final Orders replayed = new Orders();
      final VerificationReport report = JournalVerifier.verify(directory, replayed);
      assertThat(report.sound()).describedAs("%s", report).isTrue();
      assertThat(acknowledged).isGreaterThan(kept);
      assertThat(replayed.count()).isGreaterThanOrEqualTo(acknowledged);
      assertThat(replayed.sum()).isEqualTo(Orders.sumTo(replayed.count()));
      kept = replayed.count();
    }
    assertThat(JournalFiles.generations(directory)).hasSize(ROUNDS);
  }

  /** A dying process 1 closes its files one by one, its output before the lock. */
  private void awaitEndOfOwner() {
    await("the lock of the killed process is free")
        .atMost(Duration.ofSeconds(60))
        .ignoreException(DataDirectoryInUseException.class)
        .untilAsserted(() -> JournalVerifier.verify(directory, new Orders()));
  }
}
