package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is gone where a kept snapshot makes up for it, so that a start does not miss it. */
class SequenceGapTest {
  private static final int BATCH = 10;

  @TempDir Path directory;
  private final Trader trader = new Trader();

  private DataDirectory open() throws IOException {
    return DataDirectory.open(
        directory, TestOptions.small().keepsJournal(true), Durability.WRITTEN);
  }

  private void writeAFileASnapshot(DataDirectory data) throws IOException {
    trader.trade(data, 2, BATCH);
    data.journal().roll();
    data.takeSnapshot();
  }

  @Test
  void shouldNotTakeAJournalWithoutAFileInTheMiddleForWhole() throws IOException {
    try (DataDirectory data = open()) {
      for (int i = 0; i < 3; i++) {
        writeAFileASnapshot(data);
      }
      trader.trade(data, 1, BATCH);
    }
    assertThat(verified().gaps()).isEmpty();
    Files.delete(JournalFiles.segments(directory).get(1));

    VerificationReport found = verified();
    assertThat(found.commands()).isEqualTo(50);
    assertThat(found.sound()).as("a start goes on from the snapshot").isTrue();
    assertThat(found.gaps())
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.first()).isEqualTo(21);
              assertThat(gap.last()).isEqualTo(40);
              assertThat(gap.isLostFile()).isTrue();
            });
  }

  @Test
  void shouldTellOfCommandsBetweenTwoStartsThatOnlyASnapshotHeld() throws IOException {
    try (DataDirectory data = open()) {
      writeAFileASnapshot(data);
    }
    Files.delete(JournalFiles.segments(directory).get(0));
    try (DataDirectory data = open()) {
      trader.trade(data, 1, BATCH);
    }
    assertThat(verified().gaps()).as("nothing before the first file").isEmpty();
    assertThat(verified().commands()).isEqualTo(BATCH);
    assertThat(verified().fault()).isNull();
  }

  @Test
  void shouldMissNoJournalInADirectoryThatWasMadeOfASnapshot() throws IOException {
    try (DataDirectory data = open()) {
      writeAFileASnapshot(data);
    }
    Files.delete(JournalFiles.segments(directory).get(0));
    assertThat(verified().sound()).isTrue();
    assertThat(verified().fault()).isNull();
    assertThat(verified().commands()).isZero();
  }

  private VerificationReport verified() throws IOException {
    try (DirectoryVerification found = JournalVerifier.verifyAll(directory)) {
      return found.journal();
    }
  }
}
