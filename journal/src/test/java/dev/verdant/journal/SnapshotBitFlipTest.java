package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.journal.snapshot.SnapshotDamagedException;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.DirectoryVerification;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.SnapshotVerification;
import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One wrong bit anywhere in a snapshot of 1,000 accounts: found by its check, by its loading, by
 * the offline check of the directory and by a start. No byte of a snapshot is without meaning.
 *
 * <p>The long run: {@code mvn -pl journal -am test -Dtest=SnapshotBitFlipTest
 * -Dverdant.bit.flips=50000 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SnapshotBitFlipTest {
  private static final int ACCOUNTS = 1_000;
  private static final int RANDOM_FLIPS = Integer.getInteger("verdant.bit.flips", 1_000);
  private static final int WHOLE_CHECK_EVERY = 100;

  @TempDir Path directory;
  private Path snapshot;

  @BeforeEach
  void write() throws IOException {
    final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
    final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
    final Trader trader = new Trader();
    try (DataDirectory data = open()) {
      trader.trade(data, 20, 10);
      final UnsafeBuffer batch = new UnsafeBuffer(new byte[512]);
      for (int i = 0; i < ACCOUNTS - 10; i++) {
        final long sequence = data.ledger().sequence() + 1;
        final int length =
            OpenAccountRequest.of(100_000 + i, AccountKind.CONSUMER)
                .at(data.ledger().timeMillis())
                .encode(message, 0, sequence);
        final int batchLength = CommandBatch.encodedLength(length);
        batch.setMemory(0, batchLength, (byte) 0);
        batch.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
        batch.putBytes(CommandBatch.LENGTH_PREFIX, message, 0, length);
        data.journal().append(sequence, 1, batch, 0, batchLength);
        data.ledger().apply(sequence, message, 0, length, reply, 0);
      }
      assertThat(data.takeSnapshot().orElseThrow().accounts()).isEqualTo(ACCOUNTS);
    }
    snapshot = StoredSnapshot.list(directory).get(0);
  }

  private DataDirectory open() throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN);
  }

  private static void flip(Path file, long bit) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      final ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, bit / Byte.SIZE);
      one.put(0, (byte) (one.get(0) ^ 1 << bit % Byte.SIZE)).rewind();
      channel.write(one, bit / Byte.SIZE);
    }
  }

  private void assertFound(Path file, long bit, boolean whole) throws IOException {
    assertThatThrownBy(() -> StoredSnapshot.open(snapshot).check())
        .describedAs("bit %d of %s", bit, file)
        .isInstanceOf(SnapshotDamagedException.class);
    if (whole) {
      assertThatThrownBy(() -> StoredSnapshot.open(snapshot).load().close())
          .isInstanceOf(SnapshotDamagedException.class);
      try (DirectoryVerification found = JournalVerifier.verifyAll(directory)) {
        assertThat(found.snapshots())
            .extracting(SnapshotVerification::sound)
            .containsExactly(false);
      }
      try (DataDirectory data = open()) {
        assertThat(data.recovery().snapshotSequence()).isZero();
        assertThat(data.recovery().snapshotFaults()).hasSize(1);
      }
    }
  }

  @Test
  void shouldFindEveryFlippedBitOfTheManifest() throws IOException {
    final Path manifest = snapshot.resolve("manifest");
    final long bits = Files.size(manifest) * Byte.SIZE;
    for (long bit = 0; bit < bits; bit++) {
      flip(manifest, bit);
      assertFound(manifest, bit, bit % (20 * WHOLE_CHECK_EVERY) == 0);
      flip(manifest, bit);
    }
    StoredSnapshot.open(snapshot).check();
  }

  @Test
  void shouldFindRandomFlippedBitsOfTheParts() throws IOException {
    final List<Path> parts;
    try (Stream<Path> files = Files.list(snapshot)) {
      parts = files.filter(file -> file.toFile().length() > 0).sorted().toList();
    }
    assertThat(parts).hasSizeGreaterThan(6);
    final Random random = new Random(3);
    for (int i = 0; i < RANDOM_FLIPS; i++) {
      final Path part = parts.get(random.nextInt(parts.size()));
      final long bit = (long) (random.nextDouble() * Files.size(part) * Byte.SIZE);
      flip(part, bit);
      assertFound(part, bit, i % WHOLE_CHECK_EVERY == 0);
      flip(part, bit);
    }
    try (DirectoryVerification found = JournalVerifier.verifyAll(directory)) {
      assertThat(found.journal().fault()).isEmpty();
      assertThat(found.snapshots())
          .extracting(SnapshotVerification::comparison)
          .containsExactly(SnapshotVerification.Comparison.EQUAL);
    }
  }
}
