package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journal and snapshots on other disks than the rest of a data directory, by symbolic links. */
class OtherDisksTest {
  private static final long RESERVE = 1_000_000;

  @TempDir Path room;
  private final TroubledDisk disk = new TroubledDisk();
  private final Trader trader = new Trader();
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(room.resolve("ledger"));
  }

  private DataDirectory open() throws IOException {
    return DataDirectory.open(
        directory, TestOptions.small().reserveBytes(RESERVE).disk(disk), Durability.WRITTEN);
  }

  private Path elsewhere(String name) throws IOException {
    final Path target = Files.createDirectory(room.resolve("disk of " + name));
    Files.createSymbolicLink(directory.resolve(name), target);
    return target;
  }

  @Test
  void shouldTakeNoCommandsWhereTheDiskOfTheJournalIsFull() throws IOException {
    disk.only(elsewhere("journal"));
    try (DataDirectory data = open()) {
      assertThat(data.journal().hasSpace()).isTrue();
      disk.usableBytes(RESERVE - 1);
      assertThat(data.journal().hasSpace()).isFalse();
    }
    assertThatThrownBy(this::open).hasMessageContaining("no space left for the journal in");
  }

  @Test
  void shouldTakeCommandsWhereOnlyTheDiskOfTheSnapshotsIsFull() throws IOException {
    disk.only(elsewhere("snapshots"));
    disk.usableBytes(RESERVE - 1);
    try (DataDirectory data = open()) {
      trader.trade(data, 1, 1);
      assertThat(data.journal().hasSpace()).isTrue();
      assertThatThrownBy(data::takeSnapshot).hasMessageContaining("no room for part");
    }
  }

  @Test
  void shouldLookAtTheDiskWhereTheJournalWillBeMade() throws IOException {
    disk.usableBytes(RESERVE - 1);
    assertThatThrownBy(this::open).hasMessageContaining("no space left for the journal in");
  }
}
