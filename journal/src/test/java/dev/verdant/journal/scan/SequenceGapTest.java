package dev.verdant.journal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.Retention;
import dev.verdant.journal.TestOptions;
import dev.verdant.journal.Trader;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.verify.DirectoryVerification;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is gone where a kept snapshot makes up for it, so that a start does not miss it. */
class SequenceGapTest {
  private static final int BATCH = 10;

  @TempDir Path directory;
  private final Trader trader = new Trader();

  private DataDirectory open() throws IOException {
    final Retention whole = Retention.DEFAULT.withWholeJournal(true);
    return DataDirectory.open(directory, TestOptions.small(), whole, Durability.WRITTEN);
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
    assertThat(verified().fault()).isEmpty();
  }

  @Test
  void shouldMissNoJournalInADirectoryThatWasMadeOfASnapshot() throws IOException {
    try (DataDirectory data = open()) {
      writeAFileASnapshot(data);
    }
    Files.delete(JournalFiles.segments(directory).get(0));
    assertThat(verified().sound()).isTrue();
    assertThat(verified().fault()).isEmpty();
    assertThat(verified().commands()).isZero();
  }

  private VerificationReport verified() throws IOException {
    try (DirectoryVerification found = JournalVerifier.verifyAll(directory)) {
      return found.journal();
    }
  }

  @Test
  void shouldTellOfASingleCommandAndWhetherAFileIsLost() {
    SegmentSummary first = summary("00000001/a", 1, 10);
    SegmentSummary empty = summary("00000001/b", 0, 0);
    SegmentSummary sameStart = summary("00000001/c", 12, 20);
    SegmentSummary nextStart = summary("00000002/a", 22, 30);
    SegmentSummary following = summary("00000002/b", 31, 40);
    assertThat(SequenceGap.of(List.of(first, empty, sameStart, nextStart, following)))
        .containsExactly(
            new SequenceGap(11, 11, first.file(), sameStart.file()),
            new SequenceGap(21, 21, sameStart.file(), nextStart.file()))
        .extracting(SequenceGap::isLostFile)
        .containsExactly(true, false);
  }

  private static SegmentSummary summary(String file, long first, long last) {
    return new SegmentSummary(
        Path.of("journal").resolve(file), 0, first, last, 0, 0, first == 0 ? 0 : 1, 0);
  }
}
