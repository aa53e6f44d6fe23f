package dev.verdant.journal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.view.DigestView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class SnapshotManifestTest {
  private static final String PROGRAM = "{\"channels\": [{\"channel\": 1}]}";
  private static final int VERSION_OFFSET = 6;
  private static final int CHECKSUM_OFFSET = 12;
  private static final int TEXT_LENGTH_BYTES = 4;

  @Test
  void shouldReadWhatItHasWritten() throws Exception {
    final SnapshotManifest manifest = manifest(7);
    assertThat(SnapshotManifest.decode(manifest.encode())).isEqualTo(manifest);
  }

  @Test
  void shouldReadAManifestOfTheSchemaBeforeThePrograms() throws Exception {
    final SnapshotManifest read = SnapshotManifest.decode(ofVersion(1, PROGRAM.length()));
    assertThat(read.program()).isEmpty();
    assertThat(read.parts()).isEqualTo(manifest(7).parts());
    assertThat(read.sequence()).isEqualTo(7);
  }

  @Test
  void shouldRefuseAManifestOfALaterSchema() {
    assertThatThrownBy(() -> SnapshotManifest.decode(ofVersion(3, -TEXT_LENGTH_BYTES)))
        .isInstanceOfSatisfying(
            SnapshotManifest.Unreadable.class,
            refused -> assertThat(refused.check()).isEqualTo(SnapshotCheck.VERSION));
  }

  @Test
  void shouldTellTheContentBySequenceAndChecksums() {
    assertThat(manifest(7).content()).hasSize(64).isEqualTo(manifest(7).content());
    assertThat(manifest(8).content()).isNotEqualTo(manifest(7).content());
  }

  private static SnapshotManifest manifest(long sequence) {
    final List<PartChecksums> parts =
        Stream.of(StatePart.values())
            .map(part -> new PartChecksums(part, 100 + part.number(), List.of(part.number())))
            .toList();
    return manifest(sequence, parts);
  }

  /** Of a snapshot with these parts. */
  static SnapshotManifest manifest(long sequence, List<PartChecksums> parts) {
    return new SnapshotManifest(
        sequence,
        1_000,
        2_000,
        new JournalPosition(6, 66),
        3,
        Optional.of(new DigestView(4, 5)),
        parts,
        PROGRAM);
  }

  /** The same manifest as another version writes it, without some bytes of its program's field. */
  private static byte[] ofVersion(int version, int programBytes) {
    final byte[] whole = manifest(7).encode();
    final byte[] bytes = Arrays.copyOf(whole, whole.length - TEXT_LENGTH_BYTES - programBytes);
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putShort(VERSION_OFFSET, (short) version);
    final CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_OFFSET);
    final int after = CHECKSUM_OFFSET + Integer.BYTES;
    crc.update(bytes, after, bytes.length - after);
    buffer.putInt(CHECKSUM_OFFSET, (int) crc.getValue());
    return bytes;
  }
}
