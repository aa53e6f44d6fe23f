package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.log.Acknowledged;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.DirectoryVerification;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.SnapshotVerification;
import dev.verdant.ledger.view.DigestView;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory that an earlier release has written. Of what is changed for writing and reading
 * alike no other test takes notice, but every upgrade would.
 */
class DirectoryOfBeforeTest {
  private static final String DIRECTORY = "/directory-of-state-8.zip";
  private static final long SNAPSHOT = 100;
  private static final long LAST = 150;
  private static final int LAST_CHECKSUM = 0x052fd6f1;
  private static final DigestView DIGEST = new DigestView(0x8c629be970d8eb9eL, 0x2ce2adc260882125L);

  @TempDir Path directory;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream stored = DirectoryOfBeforeTest.class.getResourceAsStream(DIRECTORY);
        ZipInputStream files = new ZipInputStream(stored)) {
      for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
        final Path path = directory.resolve(file.getName());
        Files.createDirectories(path.getParent());
        Files.copy(files, path);
      }
    }
  }

  private DataDirectory open() throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN);
  }

  @Test
  void shouldGoOnFromItsSnapshotAndItsJournal() throws IOException {
    try (DataDirectory data = open()) {
      assertThat(data.recovery().snapshotFaults()).isEmpty();
      assertThat(data.recovery().snapshotSequence()).isEqualTo(SNAPSHOT);
      assertThat(data.recovery().lastSequence()).isEqualTo(LAST);
      assertThat(Trader.digest(data.ledger())).isEqualTo(DIGEST);
      // With the records that the snapshot brought, and those of the replay.
      new Trader().trade(data, 2, 10);
      assertThat(Trader.digest(data.ledger())).isEqualTo(new Trader().digestAt(LAST + 20));
    }
  }

  @Test
  void shouldReplayItsJournalFromTheFirstCommand() throws IOException {
    final Path snapshot = StoredSnapshot.list(directory).get(0);
    Files.delete(snapshot.resolve("manifest"));
    try (DataDirectory data = open()) {
      assertThat(data.recovery().replayed()).isEqualTo(LAST);
      assertThat(Trader.digest(data.ledger())).isEqualTo(DIGEST);
    }
  }

  /** The second of the two slots is the newer one. */
  @Test
  void shouldKnowWhatItHadAcknowledged() throws IOException {
    assertThat(Watermark.read(directory)).isEqualTo(Acknowledged.at(LAST, LAST_CHECKSUM));
  }

  @Test
  void shouldFindNothingWrongWithIt() throws IOException {
    try (DirectoryVerification found = JournalVerifier.verifyAll(directory)) {
      assertThat(found.journal().sound()).isTrue();
      assertThat(found.snapshots())
          .extracting(SnapshotVerification::comparison)
          .isEqualTo(List.of(SnapshotVerification.Comparison.EQUAL));
    }
  }
}
