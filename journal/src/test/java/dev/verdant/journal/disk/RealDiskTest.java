package dev.verdant.journal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system's own disk tells. */
class RealDiskTest {
  private static final int IMAGE_LENGTH = 16 << 20;
  private static final int WRITTEN_LENGTH = 4 << 20;

  @TempDir Path room;

  @Test
  void shouldTakeWritesWhereTheSystemDoes() throws Exception {
    Files.setLastModifiedTime(room, FileTime.from(Instant.EPOCH));
    assertThat(Disk.REAL.takesWrites(room)).isTrue();
    assertThat(Files.getLastModifiedTime(room).toInstant()).as("tried").isAfter(Instant.EPOCH);
    assertThat(Disk.REAL.takesWrites(room.resolve("missing"))).isFalse();
  }

  /** Only where this user may mount an ext4 in a file. */
  @Test
  void shouldNoticeAFileSystemThatHasBecomeReadOnlyByAnError() throws Exception {
    final Path image = room.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(IMAGE_LENGTH);
    }
    final Path point = Files.createDirectory(room.resolve("point"));
    assumeTrue(runs("mkfs.ext4", "-q", image.toString()));
    assumeTrue(runs("mount", "-o", "loop,errors=remount-ro", image.toString(), point.toString()));
    try {
      assertThat(Disk.REAL.takesWrites(point)).isTrue();
      final Path trigger =
          Path.of("/sys/fs/ext4")
              .resolve(Path.of(device(point)).getFileName())
              .resolve("trigger_fs_error");
      assumeTrue(Files.isWritable(trigger));
      Files.writeString(trigger, "1");
      assertThat(Disk.REAL.takesWrites(point)).isFalse();
    } finally {
      assertThat(runs("umount", point.toString())).isTrue();
    }
  }

  /** The image's own disk is full: what it is to take it loses. Only where this user may mount. */
  @Test
  void shouldNoticeThatTheSystemHasFailedToWrite() throws Exception {
    final Path under = Files.createDirectory(room.resolve("under"));
    final Path point = Files.createDirectory(room.resolve("point"));
    assumeTrue(runs("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", under.toString()));
    try {
      final Path image = under.resolve("image");
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(IMAGE_LENGTH);
      }
      assumeTrue(runs("mkfs.ext4", "-q", "-O", "^has_journal", image.toString()));
      assumeTrue(runs("mount", "-o", "loop", image.toString(), point.toString()));
      try {
        final Path file = Files.write(point.resolve("file"), new byte[WRITTEN_LENGTH]);
        Disk.REAL.requireWritten(file);
        fill(under.resolve("fill"));
        try (PageCache cache = PageCache.of(file)) {
          cache.beginToWrite(0, WRITTEN_LENGTH);
        }
        assertThatThrownBy(() -> Disk.REAL.requireWritten(file))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("the system could not write " + file);
      } finally {
        assertThat(runs("umount", point.toString())).isTrue();
      }
    } finally {
      assertThat(runs("umount", under.toString())).isTrue();
    }
  }

  private static void fill(Path file) throws IOException {
    try (RandomAccessFile fill = new RandomAccessFile(file.toFile(), "rw")) {
      final byte[] page = new byte[4096];
      while (true) {
        fill.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  @Test
  void shouldTellNothingOfAFileThatItCannotLookAt() throws IOException {
    Disk.REAL.requireWritten(room.resolve("missing"));
  }

  private static String device(Path point) throws IOException {
    final List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts"));
    return mounts.stream()
        .map(line -> line.split(" ", 3))
        .filter(fields -> fields[1].equals(point.toString()))
        .findFirst()
        .orElseThrow()[0];
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
