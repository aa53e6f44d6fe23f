package dev.verdant.pipeline;

import dev.verdant.pipeline.snapshot.DiskSnapshots;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.SnapshotQueryReplyEncoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TakeSnapshotDecoder;
import dev.verdant.protocol.codec.TakeSnapshotReplyEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Answers what clients ask of the snapshots on disk. For the ledger stage; waits for nothing. */
final class SnapshotRequests {
  private final DiskSnapshots snapshots;
  private final ErrorReplies errors = new ErrorReplies();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final TakeSnapshotReplyEncoder taken = new TakeSnapshotReplyEncoder();
  private final SnapshotQueryReplyEncoder progressed = new SnapshotQueryReplyEncoder();

  /**
   * @param snapshots null if there are none: everything is answered NO_SNAPSHOTS.
   */
  SnapshotRequests(DiskSnapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * Answers one request that has been validated.
   *
   * @param sequence of the last command applied.
   * @return length of the reply in bytes, header included.
   */
  int answer(
      DirectBuffer request, int offset, long sequence, MutableDirectBuffer reply, int replyOffset) {
    final long correlationId = Frame.correlationId(request, offset);
    if (snapshots == null) {
      return errors.encode(reply, replyOffset, correlationId, Status.NO_SNAPSHOTS);
    }
    if (Messages.templateId(request, offset) == TakeSnapshotDecoder.TEMPLATE_ID) {
      taken
          .wrapAndApplyHeader(reply, replyOffset, header)
          .correlationId(correlationId)
          .sequence(sequence)
          .status(Status.OK)
          .number(snapshots.begin());
      return MessageHeaderEncoder.ENCODED_LENGTH + taken.encodedLength();
    }
    final DiskSnapshots.Progress progress = snapshots.progress();
    progressed
        .wrapAndApplyHeader(reply, replyOffset, header)
        .correlationId(correlationId)
        .sequence(sequence)
        .status(Status.OK)
        .outcome(progress.outcome())
        .running(progress.running())
        .ended(progress.ended())
        .newest(progress.sequence())
        .accounts(progress.accounts())
        .bytes(progress.bytes())
        .duration(progress.durationMillis());
    return MessageHeaderEncoder.ENCODED_LENGTH + progressed.encodedLength();
  }
}
