package dev.verdant.client.result;

import dev.verdant.protocol.codec.SnapshotOutcome;
import dev.verdant.protocol.codec.SnapshotQueryReplyDecoder;

/**
 * What has become of the snapshots to disk.
 *
 * @param outcome what became of the query; its sequence is that of the last command applied.
 * @param running number of the snapshot that is being written, 0 if there is none.
 * @param ended number of the snapshot that ended last, 0 if there is none.
 * @param endedAs how that ended.
 * @param newestSequence of the newest snapshot on disk, 0 if there is none.
 * @param accounts in the one written last since the server started, 0 if there is none.
 * @param bytes that it has on disk.
 * @param durationMillis that it took.
 */
public record SnapshotProgressResult(
    Outcome outcome,
    long running,
    long ended,
    SnapshotOutcome endedAs,
    long newestSequence,
    long accounts,
    long bytes,
    long durationMillis)
    implements Result {
  /** Reads a reply. */
  public static SnapshotProgressResult decode(Reply reply) {
    if (reply.templateId() != SnapshotQueryReplyDecoder.TEMPLATE_ID) {
      return new SnapshotProgressResult(
          reply.bareOutcome(), 0, 0, SnapshotOutcome.NONE, 0, 0, 0, 0);
    }
    SnapshotQueryReplyDecoder decoder = reply.read(new SnapshotQueryReplyDecoder());
    return new SnapshotProgressResult(
        reply.outcome(decoder.status(), decoder.sequence()),
        decoder.running(),
        decoder.ended(),
        decoder.outcome(),
        decoder.newest(),
        decoder.accounts(),
        decoder.bytes(),
        decoder.duration());
  }

  /**
   * Whether a snapshot has ended; of one begun before the server was started anew, whose numbers
   * begin anew as well, it does not tell.
   */
  public boolean hasEnded(TakeSnapshotResult snapshot) {
    return ended >= snapshot.number();
  }

  /** Whether what a snapshot was to hold is on disk, by it or another; not of one refused. */
  public boolean isOnDisk(TakeSnapshotResult snapshot) {
    return snapshot.accepted() && Long.compareUnsigned(newestSequence, snapshot.sequence()) >= 0;
  }
}
