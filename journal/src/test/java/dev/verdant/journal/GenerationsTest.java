package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crash, recover, go on, a hundred times in a row, with snapshots and rolling in between. */
class GenerationsTest {
  private static final int GENERATIONS = 100;
  private static final int MAX_BATCHES = 12;
  private static final int MAX_BATCH = 9;

  @TempDir Path room;
  private final Trader trader = new Trader();
  private final Random random = new Random(23);

  @Test
  void shouldBeTheLedgerThatNeverCrashedAfterAHundredCrashes() throws IOException {
    int snapshots = 0;
    Path directory = Files.createDirectory(room.resolve("0"));
    try (Ledger neverCrashed = new Ledger()) {
      for (int generation = 1; generation <= GENERATIONS; generation++) {
        final Path crashed = room.resolve(Integer.toString(generation));
        try (DataDirectory data =
            DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN)) {
          assertThat(data.ledger().sequence()).isEqualTo(neverCrashed.sequence());
          assertThat(Trader.digest(data.ledger())).isEqualTo(Trader.digest(neverCrashed));
          snapshots += work(data);
          trader.apply(neverCrashed, (int) (data.ledger().sequence() - neverCrashed.sequence()));
          // The files as they are while their owner runs: what a kill leaves.
          copy(directory, crashed);
        }
        delete(directory);
        directory = crashed;
      }
      assertThat(neverCrashed.sequence()).isBetween(1_000L, 4_000L);
      assertThat(snapshots).isBetween(20, GENERATIONS);
      assertThat(StoredSnapshot.list(directory)).hasSize(2);
      assertThat(JournalFiles.segments(directory)).hasSizeLessThan(GENERATIONS / 2);
    }
  }

  private int work(DataDirectory data) throws IOException {
    int snapshots = 0;
    final int batches = 1 + random.nextInt(MAX_BATCHES);
    for (int i = 0; i < batches; i++) {
      trader.trade(data, 1, 1 + random.nextInt(MAX_BATCH));
      final int choice = random.nextInt(20);
      if (choice == 0) {
        data.journal().roll();
      } else if (choice == 1) {
        data.journal().roll();
        snapshots += data.takeSnapshot().isPresent() ? 1 : 0;
      }
    }
    return snapshots;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        final Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
