package dev.verdant.journal.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.StoredBytes;
import dev.verdant.journal.TestOptions;
import dev.verdant.journal.TroubledDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a claim that the system does not grant. */
class DiskSpaceTest {
  private static final int PAGE_BYTES = 4096;
  private static final int EINTR = 4;
  private static final int EIO = 5;
  private static final int ENOSPC = 28;
  private static final int EOPNOTSUPP = 95;
  private static final int EDQUOT = 122;

  @TempDir private Path directory;
  private final TroubledDisk disk = new TroubledDisk();
  private DiskSpace space;

  @BeforeEach
  void use() throws IOException {
    space = DiskSpace.of(directory, TestOptions.small().disk(disk));
    space.use(Files.createFile(directory.resolve("segment")));
  }

  @AfterEach
  void close() {
    space.close();
  }

  @Test
  void shouldTryAgainAfterAnInterrupt() throws IOException {
    disk.allocations(EINTR, EINTR, 0, EIO);
    space.claim(1);
    assertThat(disk.allocationsLeft()).isEqualTo(1);
    space.claim(2); // claimed with the first
  }

  @Test
  void shouldSayThatSpaceOrQuotaIsUsedUp() {
    disk.allocations(ENOSPC, EDQUOT);
    assertThatThrownBy(() -> space.claim(1)).hasMessageContaining("no space left");
    assertThatThrownBy(() -> space.claim(1)).hasMessageContaining("no quota left");
  }

  @Test
  void shouldFailWithTheDisk() {
    disk.allocations(EIO);
    assertThatThrownBy(() -> space.claim(1))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("error 5");
  }

  @Test
  void shouldFailForGoodWhereTheFileSystemBecomesReadOnly() throws IOException {
    space.claim(1);
    disk.refuseWrites();
    space.hasRoomForFileNow();
    assertThatThrownBy(() -> space.claim(1))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("takes no writes any more: read-only, or no permission");
  }

  @Test
  void shouldGoOnWithoutClaimsWhereTheFileSystemHasNone() {
    disk.allocations(EOPNOTSUPP, EIO);
    assertThatCode(
            () -> {
              space.claim(1);
              space.claim(1);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void shouldStayFailedWhereAFileSystemThatWasReadOnlyTakesWritesAgain() {
    disk.refuseWrites();
    space.hasRoomForFileNow();
    disk.takeWritesAgain();
    space.hasRoomForFileNow();
    // What was written in between may be lost, whatever the disk says now.
    assertThatThrownBy(() -> space.claim(1)).hasMessageContaining("takes no writes any more");
  }

  @Test
  void shouldTakeNothingWhileNobodyKnowsWhatIsFree() {
    disk.freeSpaceUnknown(true);
    assertThat(space.hasRoomForFileNow()).isFalse();
    disk.freeSpaceUnknown(false);
    assertThat(space.hasRoomForFileNow()).isTrue();
  }

  @Test
  void shouldBeginNoFileForWhichThereIsNoRoom() throws IOException {
    final long needed = 2 * TestOptions.small().allocationBytes();
    disk.usableBytes(needed);
    space.requireRoomToStart();
    disk.usableBytes(needed - 1);
    assertThatThrownBy(() -> space.requireRoomToStart())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no space left for the journal");
  }

  @Test
  void shouldGiveBackWhatWasClaimedBehindTheEndAndNothingBeforeIt() throws Exception {
    final Path segment = directory.resolve("segment");
    final int end = 3 * PAGE_BYTES / 2;
    final byte[] content = new byte[2 * (int) TestOptions.small().allocationBytes()];
    Arrays.fill(content, 0, end, (byte) 7);
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.write(content, 0, end);
      file.setLength(content.length);
    }
    space.claim(end);
    assertThat(StoredBytes.of(segment)).isGreaterThan(content.length / 2);
    space.releaseBehind(end);
    // What the file system keeps of the file itself may count, too.
    assertThat(StoredBytes.of(segment)).isBetween(2L * PAGE_BYTES, 4L * PAGE_BYTES);
    assertThat(Files.readAllBytes(segment)).isEqualTo(content);
  }

  @Test
  void shouldClaimAnewForEachFile() throws IOException {
    space.claim(1);
    space.use(Files.createFile(directory.resolve("next")));
    disk.allocations(EIO);
    assertThatThrownBy(() -> space.claim(1)).hasMessageEndingWith("error 5");
  }
}
