package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that does little but take snapshots, killed at random moments again and again.
 *
 * <p>The long run: {@code mvn -pl journal -am test -Dtest=KilledSnapshotTest
 * -Dverdant.kill.rounds=50 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class KilledSnapshotTest {
  private static final int ROUNDS = Integer.getInteger("verdant.kill.rounds", 5);
  private static final int MAX_ACKNOWLEDGEMENTS = 60;

  @TempDir Path directory;
  private final Trader trader = new Trader();

  @Test
  void shouldLeaveUsableSnapshotsAndNoRubbishThatGrows() throws Exception {
    final Random random = new Random(9);
    long kept = 0;
    for (int round = 0; round < ROUNDS; round++) {
      final Process writer = Child.start(SnapshotWriterMain.class, directory);
      final long acknowledged = Child.killAfter(1 + random.nextInt(MAX_ACKNOWLEDGEMENTS), writer);
      assertThat(acknowledged).isGreaterThan(kept);
      assertThat(unfinished()).hasSizeLessThan(2);
      try (DataDirectory data =
          DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN)) {
        kept = data.ledger().sequence();
        assertThat(kept).isGreaterThanOrEqualTo(acknowledged);
        assertThat(data.recovery().snapshotFaults()).isEmpty();
        assertThat(Trader.digest(data.ledger())).isEqualTo(trader.digestAt(kept));
      }
      assertThat(unfinished()).isEmpty();
      for (Path snapshot : StoredSnapshot.list(directory)) {
        StoredSnapshot.open(snapshot).check();
      }
    }
    assertThat(StoredSnapshot.list(directory)).hasSizeBetween(2, 3);
  }

  private List<Path> unfinished() throws IOException {
    final Path room = directory.resolve("snapshots");
    if (!Files.isDirectory(room)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(room)) {
      return entries.filter(entry -> entry.toString().endsWith("unfinished")).toList();
    }
  }
}
