package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.SegmentFile;
import dev.verdant.ops.drill.ground.SegmentFile.Batch;
import dev.verdant.ops.drill.ground.SparseFiles;
import dev.verdant.ops.drill.injection.Damage.Wound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Damage to the journal's files. */
final class JournalDamage {
  private static final int PAGE_LENGTH = 4_096;

  /** One bit of any document of any file is turned over. */
  static Wound flipBit(Path data, Path aside, SplittableRandom random) throws IOException {
    SegmentFile segment = anySegment(data, random);
    Path copy = Wound.putAside(segment.path(), aside);
    // Half of the flips in batches: files of few batches consist mostly of Chronicle's own indexes.
    long from = random.nextBoolean() ? segment.firstBatch() : 0;
    long position = from + random.nextLong(segment.end() - from);
    BitFlip.at(segment.path(), position, random.nextInt(Byte.SIZE));
    Optional<Batch> batch = segment.batchWithin(position, position + 1);
    return Wound.lasting(
        segment.path(),
        copy,
        "bit flip in " + (batch.isPresent() ? "a batch" : "an index"),
        sequenceOf(batch));
  }

  /** A file ends somewhere in its batches. */
  static Wound truncate(Path data, Path aside, SplittableRandom random) throws IOException {
    SegmentFile segment = anySegment(data, random);
    Path copy = Wound.putAside(segment.path(), aside);
    long length = segment.firstBatch() + random.nextLong(segment.end() - segment.firstBatch());
    try (FileChannel file = FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
      file.truncate(length);
    }
    return Wound.lasting(
        segment.path(),
        copy,
        "truncated file",
        sequenceOf(segment.batchWithin(length, Long.MAX_VALUE)));
  }

  /** A page of a file reads as zeros. */
  static Wound zeroPage(Path data, Path aside, SplittableRandom random) throws IOException {
    SegmentFile segment = anySegment(data, random);
    Path copy = Wound.putAside(segment.path(), aside);
    List<Batch> batches = segment.batches();
    Batch within = batches.get(random.nextInt(batches.size()));
    long page = within.position() / PAGE_LENGTH * PAGE_LENGTH;
    ByteBuffer before = ByteBuffer.allocate(PAGE_LENGTH);
    try (FileChannel file =
        FileChannel.open(segment.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      file.read(before, page);
      file.write(ByteBuffer.allocate(before.flip().limit()), page);
    }
    return Wound.lasting(segment.path(), copy, "zeroed page", firstZeroed(batches, page, before));
  }

  /** The first batch that had anything but zeros in the page. */
  private static OptionalLong firstZeroed(List<Batch> batches, long page, ByteBuffer before) {
    return batches.stream()
        .filter(batch -> batch.overlaps(page, page + before.limit()))
        .filter(batch -> hasBytes(before, batch.position() - page, batch.end() - page))
        .mapToLong(Batch::firstSequence)
        .findFirst();
  }

  private static boolean hasBytes(ByteBuffer page, long from, long to) {
    return IntStream.range((int) Math.max(0, from), (int) Math.min(page.limit(), to))
        .anyMatch(i -> page.get(i) != 0);
  }

  /** A file is gone. */
  static Wound remove(Path data, Path aside, SplittableRandom random) throws IOException {
    SegmentFile segment = anySegment(data, random);
    Path copy = Wound.putAside(segment.path(), aside);
    Files.delete(segment.path());
    return Wound.lasting(
        segment.path(), copy, "missing file", OptionalLong.of(segment.firstSequence()));
  }

  /**
   * A file is there a second time, as the next one of its queue: what follows the queue is lost.
   */
  static Wound duplicate(Path data, Path aside, SplittableRandom random) throws IOException {
    SegmentFile segment = anySegment(data, random);
    String name = segment.path().getFileName().toString();
    Path second = segment.path().resolveSibling(name.replaceFirst("\\d{8}", "99991231"));
    long last = lastOfQueue(data, segment);
    SparseFiles.copy(segment.path(), second);
    return Wound.behind(last, second, "duplicated file");
  }

  /** Sequence of the last command in the queue of a file. */
  private static long lastOfQueue(Path data, SegmentFile segment) throws IOException {
    Path queue = segment.path().getParent();
    return SegmentFile.ofDirectory(data).stream()
        .filter(other -> other.path().getParent().equals(queue))
        .mapToLong(SegmentFile::lastSequence)
        .max()
        .orElseThrow();
  }

  private static SegmentFile anySegment(Path data, SplittableRandom random) throws IOException {
    List<SegmentFile> segments = SegmentFile.ofDirectory(data);
    // The newest as often as all others: it is the one that recovery may take for torn.
    int index = random.nextBoolean() ? segments.size() - 1 : random.nextInt(segments.size());
    return segments.get(index);
  }

  private static OptionalLong sequenceOf(Optional<Batch> batch) {
    return batch.isPresent() ? OptionalLong.of(batch.get().firstSequence()) : OptionalLong.empty();
  }

  private JournalDamage() {}
}
