package dev.verdant.pipeline;

import dev.verdant.protocol.codec.Durability;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Group commit, where an acknowledgement promises to survive loss of power ({@link
 * Durability#SYNCED}): forces the journal before the replies of a batch go out. It stands behind
 * the ledger stage on a thread of its own, so that journal and ledger go on while a force is under
 * way; whatever they did meanwhile is the next batch. So the slower the disk, the more commands
 * share a force, up to the ring's size.
 *
 * <p>In a failed engine it answers in the ledger stage's place: of the replies already written none
 * may go out any more.
 */
final class CommitStage implements Stage {
  /** How long a look at the ring may be late while company is awaited, in nanoseconds. */
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final RequestRing ring;
  private final Journal journal;
  private final EngineState state;
  private final EngineCounters counters;
  private final ReplyTurn turn;
  private final long maxDelayNanos;
  private final int enoughRequests;
  private final ErrorReplies errors = new ErrorReplies();
  private long forcedSequence;

  CommitStage(
      RequestRing ring,
      EngineContext context,
      EngineState state,
      EngineCounters counters,
      ReplyTurn turn) {
    this.ring = ring;
    this.journal = context.journal();
    this.state = state;
    this.counters = counters;
    this.turn = turn;
    this.maxDelayNanos = context.maxSyncDelay().toNanos();
    this.enoughRequests = ring.remainingCapacity() / 2;
    this.forcedSequence = journal.lastSequence();
  }

  @Override
  public void onBatch(long first, long last) {
    if (state.hasFailed()) {
      turn.awaitEnd();
      refuse(first, last);
    } else if (lastSequence(first, last) > forcedSequence) {
      awaitCompany();
      forcedSequence = journal.force();
      counters.addForce();
    }
  }

  /** Sequence of the last command among these places, 0 if there is none. */
  private long lastSequence(long first, long last) {
    for (long place = last; place >= first; place--) {
      final RequestSlot slot = ring.slot(place);
      if (slot.kind() == RequestKind.COMMAND) {
        return slot.sequence;
      }
    }
    return 0;
  }

  private void awaitCompany() {
    final long startNanos = System.nanoTime();
    long leftNanos = maxDelayNanos;
    while (leftNanos > 0 && ring.remainingCapacity() > enoughRequests) {
      LockSupport.parkNanos(Math.min(leftNanos, LOOK_NANOS));
      leftNanos = maxDelayNanos - (System.nanoTime() - startNanos);
    }
  }

  private void refuse(long first, long last) {
    int refused = 0;
    for (long place = first; place <= last; place++) {
      final RequestSlot slot = ring.slot(place);
      if (slot.kind() == RequestKind.NONE) {
        continue;
      }
      slot.replies().takeOver(slot.replyStart);
      errors.answerFailure(slot);
      refused++;
    }
    counters.addBatch(0, 0, refused);
  }

  @Override
  public void onStop() {
    if (!state.hasFailed()) {
      journal.force();
    }
  }
}
