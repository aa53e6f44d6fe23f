package dev.verdant.journal;

import dev.verdant.journal.codec.BatchHeaderDecoder;
import dev.verdant.journal.codec.MessageHeaderDecoder;
import dev.verdant.journal.log.Batches;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.log.SegmentStarts;
import dev.verdant.journal.snapshot.JournalPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Finds the batch that a snapshot is tied to, in files that may be written to meanwhile. */
final class JournalPositions {
  /**
   * The last batch that ends at or before a command that the journal holds.
   *
   * @throws IOException if the journal does not hold it or cannot be read.
   */
  static JournalPosition before(Path directory, long sequence) throws IOException {
    final List<Path> segments = JournalFiles.segments(directory);
    final OptionalInt start = SegmentStarts.newestNotAfter(segments, sequence);
    if (start.isEmpty()) {
      throw new IOException("no file of the journal in " + directory + " holds " + sequence);
    }
    final BatchHeaderDecoder batch = new BatchHeaderDecoder();
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    JournalPosition found = null;
    long last = 0;
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segments.get(start.getAsInt()));
      while (last < sequence && reader.next()) {
        batch.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
        last = batch.firstSequence() + batch.count() - 1;
        if (last <= sequence) {
          found =
              new JournalPosition(last, Batches.storedChecksum(reader.buffer(), reader.offset()));
        } else if (found == null) {
          found = new JournalPosition(batch.firstSequence() - 1, (int) batch.previousChecksum());
        }
      }
    }
    if (last < sequence) {
      throw new IOException("the journal in " + directory + " ends at " + last);
    }
    return found;
  }

  private JournalPositions() {}
}
