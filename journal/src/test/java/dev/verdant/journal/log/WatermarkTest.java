package dev.verdant.journal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the two slots counts, and when there is no such file. */
class WatermarkTest {
  @TempDir Path directory;

  @Test
  void shouldSayWhatWasRecordedLastWhicheverSlotItIsIn() throws IOException {
    try (Watermark watermark = Watermark.create(Disk.REAL, directory, 10, 1)) {
      assertThat(Watermark.read(directory)).isEqualTo(Acknowledged.at(10, 1));
      // Into each slot in turn: the other one then says less.
      for (int i = 1; i <= 4; i++) {
        watermark.record(10 + i, 1 + i);
        assertThat(Watermark.read(directory)).isEqualTo(Acknowledged.at(10 + i, 1 + i));
      }
    }
  }

  @Test
  void shouldNotTakeAFileThatCannotBeLookedAtForNone() throws IOException {
    Path loop = directory.resolve("acknowledged");
    Files.createSymbolicLink(loop, loop);
    assertThatThrownBy(() -> Watermark.read(directory))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(loop + ": ");
  }
}
