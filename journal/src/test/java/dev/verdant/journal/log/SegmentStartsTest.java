package dev.verdant.journal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.JournalDirectory;
import dev.verdant.journal.Orders;
import dev.verdant.journal.TestOptions;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file holds a command; here they begin with 1, 21, 31 and 41. */
class SegmentStartsTest {
  private static final int LAST = 50;

  @TempDir private Path directory;
  private List<Path> segments;

  @BeforeEach
  void write() throws IOException {
    final Orders orders = new Orders();
    try (JournalDirectory opened =
        JournalDirectory.open(
            directory,
            TestOptions.small(),
            Durability.WRITTEN,
            (at, buffer, offset, length) -> {})) {
      orders.append(opened.journal(), 2, 10);
      for (int file = 1; file <= 3; file++) {
        opened.journal().roll();
        orders.append(opened.journal(), 1, 10);
      }
    }
    segments = JournalFiles.segments(directory);
    assertThat(firstSequences()).containsExactly(1L, 21L, 31L, 41L);
  }

  private List<Long> firstSequences() {
    return segments.stream()
        .map(segment -> SegmentStarts.firstSequence(segment).orElseThrow())
        .toList();
  }

  private static void assertFile(List<Path> files, long sequence, Path expected) {
    assertThat(files.get(SegmentStarts.newestNotAfter(files, sequence).orElseThrow()))
        .as("the file of %d", sequence)
        .isEqualTo(expected);
  }

  @Test
  void shouldFindTheFileOfEveryCommand() {
    for (int sequence = 1; sequence <= LAST; sequence++) {
      final int file = sequence <= 20 ? 0 : (sequence - 11) / 10;
      assertFile(segments, sequence, segments.get(file));
    }
    assertThat(SegmentStarts.newestNotAfter(segments, 0)).isEmpty();
    assertThat(SegmentStarts.newestNotAfter(segments.subList(1, 4), 20)).isEmpty();
    assertThat(SegmentStarts.newestNotAfter(List.of(), 1)).isEmpty();
  }

  @Test
  void shouldPassOverFilesWithoutABatch() throws IOException {
    final Path empty = Files.createFile(directory.resolve("empty"));
    final List<Path> files =
        IntStream.range(0, 2 * segments.size())
            .mapToObj(i -> i % 2 == 0 ? segments.get(i / 2) : empty)
            .toList();
    assertFile(files, 25, segments.get(1));
    assertFile(files, LAST, segments.get(3));
  }

  /** So that the copy is read, and noticed. */
  @Test
  void shouldTakeTheFirstOfTwoThatBeginAlike() throws IOException {
    final Path copy = Files.copy(segments.get(1), directory.resolve("copy"));
    final List<Path> files = List.of(segments.get(0), segments.get(1), copy, segments.get(2));
    assertFile(files, 25, segments.get(1));
    assertFile(files, LAST, segments.get(2));
  }

  @Test
  void shouldNotBeLedAstrayByACopyOfAnOldFileBehindTheNewest() throws IOException {
    final Path copy = Files.copy(segments.get(0), directory.resolve("copy"));
    final List<Path> files = List.of(segments.get(0), segments.get(1), segments.get(2), copy);
    assertFile(files, LAST, segments.get(2));
    assertFile(files, 25, segments.get(1));
  }
}
