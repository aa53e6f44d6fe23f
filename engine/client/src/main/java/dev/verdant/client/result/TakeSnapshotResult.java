package dev.verdant.client.result;

import dev.verdant.protocol.codec.TakeSnapshotReplyDecoder;

/**
 * A snapshot to disk that has been begun.
 *
 * @param outcome what became of the request; its sequence is that of the last command applied,
 *     which the snapshot holds.
 * @param number of the snapshot, counted from 1 since the server started; 0 if none was begun.
 */
public record TakeSnapshotResult(Outcome outcome, long number) implements Result {
  /** Reads a reply. */
  public static TakeSnapshotResult decode(Reply reply) {
    if (reply.templateId() != TakeSnapshotReplyDecoder.TEMPLATE_ID) {
      return new TakeSnapshotResult(reply.bareOutcome(), 0);
    }
    TakeSnapshotReplyDecoder decoder = reply.read(new TakeSnapshotReplyDecoder());
    return new TakeSnapshotResult(
        reply.outcome(decoder.status(), decoder.sequence()), decoder.number());
  }
}
