package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A data directory is the same however its path is given. */
class DirectoryPathTest {
  private static final int BATCH = 10;

  @TempDir private Path home;

  @TestFactory
  Stream<DynamicTest> shouldHoldEveryCommandAfterEachStart() throws IOException {
    Path real = home.toRealPath();
    Path link =
        Files.createSymbolicLink(
            real.resolve("link"), Files.createDirectory(real.resolve("target")));
    Path working = Path.of("").toAbsolutePath();
    return Stream.of(
            working.relativize(real.resolve("relative")),
            real.resolve("target").resolve("..").resolve("roundabout"),
            link,
            link.resolve("behind-a-link"))
        .map(path -> DynamicTest.dynamicTest(path.toString(), () -> useTwice(path)));
  }

  private void useTwice(Path path) throws IOException {
    Trader trader = new Trader();
    for (int start = 0; start < 3; start++) {
      try (DataDirectory data = open(path)) {
        assertThat(data.ledger().sequence()).isEqualTo(2L * BATCH * start);
        trader.trade(data, 2, BATCH);
        data.takeSnapshot();
      }
      // One that only reads.
      open(path).close();
    }
    assertThat(JournalVerifier.verify(path, (sequence, buffer, offset, length) -> {}).sound())
        .isTrue();
    try (DataDirectory data = open(path)) {
      assertThat(data.ledger().sequence()).isEqualTo(6L * BATCH);
      assertThat(data.recovery().replayed()).isZero();
    }
  }

  private static DataDirectory open(Path path) throws IOException {
    return DataDirectory.open(path, TestOptions.small(), Durability.WRITTEN);
  }
}
