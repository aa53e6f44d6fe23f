package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdant.journal.log.JournalFiles;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed from a data directory while a journal is written there. */
class FilesTakenAwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BATCH = 10;

  @TempDir private Path temporary;
  private Path directory;
  private final Trader trader = new Trader();

  @BeforeEach
  void resolve() throws IOException {
    directory = temporary.toRealPath();
  }

  private DataDirectory open() throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN);
  }

  private Path segment() throws IOException {
    return JournalFiles.segments(directory).get(0);
  }

  /** What ends an owner that goes on trading. */
  private AbstractThrowableAssert<?, ?> assertThatFailureOf(DataDirectory owner) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try {
                trader.trade(owner, 1, BATCH);
              } catch (JournalException e) {
                failure.set(e);
              }
              return failure.get() != null;
            });
    return assertThat(failure.get());
  }

  @Test
  void shouldStopTheOwnerWhoseLockFileIsTakenAway() throws IOException {
    try (DataDirectory owner = open()) {
      trader.trade(owner, 1, BATCH);
      Files.delete(directory.resolve("lock"));
      assertThatFailureOf(owner)
          .hasRootCauseMessage(
              "the lock file of " + directory + " was taken away: another process may write there");
    }
  }

  @Test
  void shouldStopTheOwnerWhoseFileIsTakenAwayAndRefuseTheNextStart() throws IOException {
    try (DataDirectory owner = open()) {
      trader.trade(owner, 1, BATCH);
      Path segment = segment();
      Files.delete(segment);
      assertThatFailureOf(owner)
          .hasRootCauseMessage(
              segment + " was taken away or replaced: no start would find what was written");
    }
    assertThatThrownBy(this::open).isInstanceOf(JournalDamagedException.class);
  }

  @Test
  void shouldStopTheOwnerWhoseFileIsReplaced() throws IOException {
    try (DataDirectory owner = open()) {
      trader.trade(owner, 1, BATCH);
      Path segment = segment();
      Files.copy(segment, directory.resolve("copy"));
      Files.move(directory.resolve("copy"), segment, StandardCopyOption.REPLACE_EXISTING);
      assertThatFailureOf(owner)
          .hasRootCauseMessage(
              segment + " was taken away or replaced: no start would find what was written");
    }
  }

  @Test
  void shouldNotLeaveAFileThatIsTakenAwayForTheNext() throws IOException {
    try (DataDirectory owner = open()) {
      // The second looks at the first one's file, and no look is due soon after it.
      trader.trade(owner, 2, BATCH);
      Path segment = segment();
      Files.delete(segment);
      owner.journal().roll();
      assertThatThrownBy(() -> trader.trade(owner, 1, BATCH))
          .isInstanceOf(JournalException.class)
          .hasRootCauseMessage(
              segment + " was taken away or replaced: no start would find what was written");
    }
  }
}
