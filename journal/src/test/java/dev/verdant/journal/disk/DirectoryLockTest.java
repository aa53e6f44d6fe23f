package dev.verdant.journal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.TestOptions;
import dev.verdant.journal.Trader;
import dev.verdant.journal.verify.JournalInspection;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may work on a data directory beside whom. */
class DirectoryLockTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BATCH = 10;

  @TempDir private Path directory;
  private final Trader trader = new Trader();

  private DataDirectory open() throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN);
  }

  private Path file() {
    return directory.resolve("lock");
  }

  @Test
  void shouldKeepOwnersOutWhileItIsRead() throws IOException {
    open().close();
    try (DirectoryLock reader = DirectoryLock.acquireToRead(directory)) {
      assertThat(reader.directory()).isEqualTo(directory.toRealPath());
      assertThatThrownBy(this::open).isInstanceOf(DataDirectoryInUseException.class);
    }
    open().close();
  }

  @Test
  void shouldWriteNothingToADirectoryThatIsRead() throws IOException {
    try (DataDirectory owner = open()) {
      trader.trade(owner, 1, BATCH);
    }
    Files.write(file(), new byte[] {'7'});
    JournalVerifier.verifyAll(directory).close();
    JournalInspection.of(directory);
    assertThat(Files.readString(file())).isEqualTo("7");
    Files.delete(file());
    JournalVerifier.verifyAll(directory).close();
    JournalInspection.of(directory);
    assertThat(file()).doesNotExist();
  }

  @Test
  void shouldStopTheOwnerWhoseLockFileIsAnother() throws IOException {
    try (DataDirectory owner = open()) {
      trader.trade(owner, 1, BATCH);
      Files.move(
          Files.createFile(directory.resolve("other")),
          file(),
          StandardCopyOption.REPLACE_EXISTING);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> trader.trade(owner, 1, BATCH))
                      .isInstanceOf(JournalException.class));
    }
  }

  /** At any moment: what is held without an owner could not be taken again by this process. */
  @Test
  void shouldHoldNothingWhereItsFileIsTakenAwayAsItIsLocked() throws Exception {
    final AtomicBoolean done = new AtomicBoolean();
    final FutureTask<Void> taking =
        new FutureTask<>(
            () -> {
              while (!done.get()) {
                Files.deleteIfExists(file());
              }
              return null;
            });
    new Thread(taking, "takes-away").start();
    try {
      for (int i = 0; i < 10_000; i++) {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
          assertThat(lock.directory()).isEqualTo(directory.toRealPath());
        } catch (NoSuchFileException e) {
          assertThat(e.getFile()).endsWith("lock");
        }
      }
    } finally {
      done.set(true);
      taking.get();
    }
  }
}
