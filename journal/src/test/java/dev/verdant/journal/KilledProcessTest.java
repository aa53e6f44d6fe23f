package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.disk.DirectoryLock;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.protocol.codec.Durability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KilledProcessTest {
  private static final int ROUNDS = 3;
  private static final int MAX_ACKNOWLEDGEMENTS = 120;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"WRITTEN", "SYNCED"})
  void shouldLoseNothingAcknowledgedWhenTheWriterIsKilled(Durability durability) throws Exception {
    final Random random = new Random(7);
    long kept = 0;
    for (int round = 0; round < ROUNDS; round++) {
      final Process writer = Child.start(WriterMain.class, directory, durability);
      final long acknowledged = Child.killAfter(1 + random.nextInt(MAX_ACKNOWLEDGEMENTS), writer);
      final Orders replayed = new Orders();
      final VerificationReport report = JournalVerifier.verify(directory, replayed);
      assertThat(report.sound()).describedAs("%s", report).isTrue();
      assertThat(acknowledged).isGreaterThan(kept);
      assertThat(replayed.count()).isGreaterThanOrEqualTo(acknowledged);
      assertThat(replayed.sum()).isEqualTo(Orders.sumTo(replayed.count()));
      kept = replayed.count();
    }
  }

  @Test
  void shouldNotNameAnOwnerThatIsGoneWhereAProcessOnlyReads() throws Exception {
    JournalDirectory.open(directory, TestOptions.small(), Durability.WRITTEN, new Orders()).close();
    try (DirectoryLock reader = DirectoryLock.acquireToRead(directory)) {
      assertThat(said(Child.start(WriterMain.class, directory, Durability.WRITTEN)))
          .isEqualTo(
              "data directory %s is in use by another process, which reads it", reader.directory());
    }
  }

  private static String said(Process process) throws Exception {
    final String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor()).isZero();
    return said;
  }

  @Test
  void shouldRefuseASecondProcessAndNameTheFirst() throws Exception {
    try (JournalDirectory owner =
        JournalDirectory.open(directory, TestOptions.small(), Durability.WRITTEN, new Orders())) {
      // An attempt within the same process must not cost it the lock.
      assertThatThrownBy(() -> JournalVerifier.verify(directory, new Orders()))
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining("this process");
      assertThat(said(Child.start(WriterMain.class, directory, Durability.WRITTEN)))
          .isEqualTo(
              "data directory %s is in use by another process (pid %d)",
              directory.toRealPath(), ProcessHandle.current().pid());
      assertThat(owner.journal().lastSequence()).isZero();
    }
    assertThat(JournalVerifier.verify(directory, new Orders()).sound()).isTrue();
  }
}
