package dev.verdant.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;

/**
 * Hands the replies of a batch to their connections, each connection once, and its bulk queries to
 * the readers.
 */
final class ReplyStage implements Stage {
  private final RequestRing ring;
  private final EngineCounters counters;
  private final BulkReaders readers;
  private final ArrayList<ReplyRing> touched = new ArrayList<>();
  private final ArrayDeque<BulkRead> bulkReads = new ArrayDeque<>();

  ReplyStage(RequestRing ring, BulkReaders readers, EngineCounters counters) {
    this.ring = ring;
    this.readers = readers;
    this.counters = counters;
  }

  @Override
  public void onBatch(long first, long last) {
    int count = 0;
    for (long place = first; place <= last; place++) {
      final RequestSlot slot = ring.slot(place);
      if (slot.kind() != RequestKind.NONE) {
        if (slot.bulkRead != null) {
          bulkReads.add(slot.bulkRead);
        } else {
          stage(slot);
          count++;
        }
        slot.clear();
      }
    }
    counters.addReplies(count);
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).publish();
    }
    touched.clear();
    // After the replies before them: whoever answers then publishes in the reply stage's place.
    while (!bulkReads.isEmpty()) {
      // Forgotten first: handed over twice, two readers would write one connection's replies.
      readers.takeOver(bulkReads.poll());
    }
  }

  private void stage(RequestSlot slot) {
    final ReplyRing replies = slot.replies();
    if (replies.stage(slot.replyEnd, slot.reservedBytes())) {
      touched.add(replies);
    }
  }
}
