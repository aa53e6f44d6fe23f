package dev.verdant.pipeline;

import java.util.ArrayList;

/** Hands the replies of a batch to their connections, each connection once. */
final class ReplyStage implements Stage {
  private final RequestRing ring;
  private final EngineCounters counters;
  private final ArrayList<ReplyRing> touched = new ArrayList<>();

  ReplyStage(RequestRing ring, EngineCounters counters) {
    this.ring = ring;
    this.counters = counters;
  }

  @Override
  public void onBatch(long first, long last) {
    int count = 0;
    for (long place = first; place <= last; place++) {
      final RequestSlot slot = ring.slot(place);
      if (slot.kind() != RequestKind.NONE) {
        final ReplyRing replies = slot.replies();
        if (replies.stage(slot.replyEnd, slot.reservedBytes())) {
          touched.add(replies);
        }
        slot.clear();
        count++;
      }
    }
    counters.addReplies(count);
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).publish();
    }
    touched.clear();
  }
}
