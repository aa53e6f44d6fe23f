package dev.verdant.client.result;

import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import dev.verdant.protocol.codec.Status;
import java.util.Optional;

/**
 * The answer to a release.
 *
 * @param outcome what became of it.
 * @param run what the run did; empty where there is no such pool.
 */
public record ReleaseResult(Outcome outcome, Optional<Run> run) implements Result {
  /** Reads a reply. */
  public static ReleaseResult decode(Reply reply) {
    if (reply.templateId() != ReleaseReplyDecoder.TEMPLATE_ID) {
      return new ReleaseResult(reply.bareOutcome(), Optional.empty());
    }
    ReleaseReplyDecoder decoder = reply.read(new ReleaseReplyDecoder());
    Outcome outcome = reply.outcome(decoder.status(), decoder.sequence());
    return new ReleaseResult(
        outcome,
        outcome.status() == Status.POOL_NOT_FOUND ? Optional.empty() : Optional.of(run(decoder)));
  }

  private static Run run(ReleaseReplyDecoder decoder) {
    return new Run(
        decoder.opened() == 1,
        decoder.period(),
        decoder.value(),
        decoder.released(),
        decoder.backlog());
  }

  /**
   * What a run did.
   *
   * @param opened whether a period opened.
   * @param period the pool's period.
   * @param valueCp the pool's value.
   * @param releasedFen coupons released.
   * @param backlogFen coupons due that wait for the next day.
   */
  public record Run(boolean opened, int period, long valueCp, long releasedFen, long backlogFen) {}
}
