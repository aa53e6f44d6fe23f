package dev.verdant.journal.snapshot;

import dev.verdant.journal.codec.MessageHeaderDecoder;
import dev.verdant.journal.codec.MessageHeaderEncoder;
import dev.verdant.journal.codec.SnapshotManifestDecoder;
import dev.verdant.journal.codec.SnapshotManifestEncoder;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.view.DigestView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a snapshot is: the message {@code SnapshotManifest} of verdant-journal.xml, the whole of the
 * file {@code manifest}.
 *
 * @param sequence of the last command in it.
 * @param timeMillis engine time, milliseconds since the epoch.
 * @param createdMillis time of this machine when it was begun, milliseconds since the epoch.
 * @param journal the journal's last batch that ends at or before that command.
 * @param accounts number of accounts.
 * @param digest of the state; empty if it was too large to walk while the writer runs.
 * @param parts in the order of {@link StatePart}, all of them.
 * @param program in force, as JSON; empty in a manifest of schema version 1.
 */
record SnapshotManifest(
    long sequence,
    long timeMillis,
    long createdMillis,
    JournalPosition journal,
    long accounts,
    Optional<DigestView> digest,
    List<PartChecksums> parts,
    String program) {
  private static final int CHECKSUM_OFFSET =
      MessageHeaderEncoder.ENCODED_LENGTH + SnapshotManifestDecoder.checksumEncodingOffset();

  /** The bytes of the file. */
  byte[] encode() {
    final byte[] bytes = new byte[encodedLength()];
    final SnapshotManifestEncoder encoder =
        new SnapshotManifestEncoder()
            .wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
            .stateVersion(Ledger.STATE_VERSION)
            .checksum(0)
            .sequence(sequence)
            .time(timeMillis)
            .created(createdMillis)
            .batchSequence(journal.batchSequence())
            .batchChecksum(Integer.toUnsignedLong(journal.batchChecksum()))
            .chunkLength(PartChecksums.CHUNK_LENGTH)
            .accounts(accounts)
            .digestLow(digest.map(DigestView::low).orElse(0L))
            .digestHigh(digest.map(DigestView::high).orElse(0L));
    final SnapshotManifestEncoder.PartsEncoder group = encoder.partsCount(parts.size());
    for (PartChecksums part : parts) {
      final SnapshotManifestEncoder.PartsEncoder.ChunksEncoder chunks =
          group
              .next()
              .part((short) part.part().number())
              .length(part.length())
              .chunksCount(part.chunks().size());
      part.chunks().forEach(chunk -> chunks.next().checksum(Integer.toUnsignedLong(chunk)));
    }
    encoder.program(program);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM_OFFSET, checksum(bytes));
    return bytes;
  }

  private int encodedLength() {
    int length =
        MessageHeaderEncoder.ENCODED_LENGTH
            + SnapshotManifestEncoder.BLOCK_LENGTH
            + SnapshotManifestEncoder.PartsEncoder.sbeHeaderSize()
            + SnapshotManifestEncoder.programHeaderLength()
            + program.getBytes(StandardCharsets.UTF_8).length;
    for (PartChecksums part : parts) {
      length +=
          SnapshotManifestEncoder.PartsEncoder.sbeBlockLength()
              + SnapshotManifestEncoder.PartsEncoder.ChunksEncoder.sbeHeaderSize()
              + part.chunks().size()
                  * SnapshotManifestEncoder.PartsEncoder.ChunksEncoder.sbeBlockLength();
    }
    return length;
  }

  /** CRC32C over all bytes but the checksum. */
  private static int checksum(byte[] bytes) {
    final CRC32C crc = new CRC32C();
    final int after = CHECKSUM_OFFSET + Integer.BYTES;
    crc.update(bytes, 0, CHECKSUM_OFFSET);
    crc.update(bytes, after, bytes.length - after);
    return (int) crc.getValue();
  }

  /**
   * Reads a manifest.
   *
   * @throws Unreadable naming the check that failed.
   */
  static SnapshotManifest decode(byte[] bytes) throws Unreadable {
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    if (bytes.length < CHECKSUM_OFFSET + Integer.BYTES) {
      throw new Unreadable(SnapshotCheck.MANIFEST, bytes.length + " bytes");
    }
    final int stored = buffer.getInt(CHECKSUM_OFFSET, ByteOrder.LITTLE_ENDIAN);
    final int computed = checksum(bytes);
    if (stored != computed) {
      throw new Unreadable(
          SnapshotCheck.MANIFEST,
          String.format(Locale.ROOT, "%08x stored, %08x computed", stored, computed));
    }
    final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
    if (header.schemaId() != SnapshotManifestDecoder.SCHEMA_ID
        || header.templateId() != SnapshotManifestDecoder.TEMPLATE_ID
        || header.version() < 1
        || header.version() > SnapshotManifestDecoder.SCHEMA_VERSION) {
      throw new Unreadable(SnapshotCheck.VERSION, header.toString());
    }
    final SnapshotManifestDecoder decoder =
        new SnapshotManifestDecoder().wrapAndApplyHeader(buffer, 0, header);
    requireSame("state version", decoder.stateVersion(), Ledger.STATE_VERSION);
    requireSame("length of a chunk", decoder.chunkLength(), PartChecksums.CHUNK_LENGTH);
    return new SnapshotManifest(
        decoder.sequence(),
        decoder.time(),
        decoder.created(),
        new JournalPosition(decoder.batchSequence(), (int) decoder.batchChecksum()),
        decoder.accounts(),
        digest(decoder),
        parts(decoder),
        decoder.program());
  }

  private static void requireSame(String what, long written, long read) throws Unreadable {
    if (written != read) {
      throw new Unreadable(
          SnapshotCheck.VERSION, what + " " + written + ", and this release reads " + read);
    }
  }

  private static Optional<DigestView> digest(SnapshotManifestDecoder decoder) {
    final DigestView digest = new DigestView(decoder.digestHigh(), decoder.digestLow());
    return digest.low() == 0 && digest.high() == 0 ? Optional.empty() : Optional.of(digest);
  }

  /** The part of a number, null if there is none. */
  private static StatePart part(int number) {
    for (StatePart part : StatePart.values()) {
      if (part.number() == number) {
        return part;
      }
    }
    return null;
  }

  private static List<PartChecksums> parts(SnapshotManifestDecoder decoder) throws Unreadable {
    final List<PartChecksums> parts = new ArrayList<>();
    for (SnapshotManifestDecoder.PartsDecoder part : decoder.parts()) {
      final StatePart expected = part(parts.size());
      final int number = part.part();
      final long length = part.length();
      final List<Integer> chunks = new ArrayList<>();
      part.chunks().forEach(chunk -> chunks.add((int) chunk.checksum()));
      if (expected == null
          || number != expected.number()
          || chunks.size() != PartChecksums.chunkCount(length)) {
        throw new Unreadable(SnapshotCheck.MANIFEST, "part " + parts.size() + " out of place");
      }
      parts.add(new PartChecksums(expected, length, chunks));
    }
    if (parts.size() != StatePart.values().length) {
      throw new Unreadable(SnapshotCheck.MANIFEST, parts.size() + " parts");
    }
    return List.copyOf(parts);
  }

  /**
   * SHA-256 over the sequence, the layout of the parts, and length and checksums of each part, in
   * hex: at every size. Snapshots with the same have the same bytes; ledgers with the same state
   * may differ in it, since it counts where in memory things lie.
   */
  String content() {
    try {
      final MessageDigest content = MessageDigest.getInstance("SHA-256");
      final ByteBuffer words = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      content.update(words.putLong(sequence).putLong(Ledger.STATE_VERSION).flip());
      for (PartChecksums part : parts) {
        content.update(words.clear().putLong(part.part().number()).putLong(part.length()).flip());
        part.chunks().forEach(chunk -> content.update(words.clear().putInt(chunk).flip()));
      }
      return HexFormat.of().formatHex(content.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Bytes of all parts. */
  long bytes() {
    return parts.stream().mapToLong(PartChecksums::length).sum();
  }

  /** The manifest cannot be used. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final SnapshotCheck check;

    Unreadable(SnapshotCheck check, String detail) {
      super(detail);
      this.check = check;
    }

    SnapshotCheck check() {
      return check;
    }
  }
}
