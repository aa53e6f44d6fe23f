package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.HelloReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.PongEncoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Applies commands and answers queries, in the order of the ring, each reply written straight into
 * its connection's reply ring. Nobody sees a reply before the reply stage publishes it. For a bulk
 * query it opens a view and leaves the answer to the {@link BulkReaders}.
 */
final class LedgerStage implements Stage {
  private static final int HELLO_SEQUENCE =
      MessageHeaderEncoder.ENCODED_LENGTH + HelloReplyEncoder.sequenceEncodingOffset();
  private static final int HELLO_TIME =
      MessageHeaderEncoder.ENCODED_LENGTH + HelloReplyEncoder.timeEncodingOffset();
  private static final int PONG_SEQUENCE =
      MessageHeaderEncoder.ENCODED_LENGTH + PongEncoder.sequenceEncodingOffset();

  private final RequestRing ring;
  private final Ledger ledger;
  private final ReplyTurn turn;
  private final boolean synced;
  private final EngineCounters counters;
  private final ErrorReplies errors = new ErrorReplies();
  private final BulkQuery bulkQuery = new BulkQuery();
  private final Errands errands;
  private final SnapshotDesk snapshots;
  private final SnapshotRequests snapshotRequests;

  /** Last place of the batch at hand whose reply may have been written. */
  private long begun = -1;

  LedgerStage(
      RequestRing ring,
      EngineContext context,
      EngineState state,
      EngineCounters counters,
      ReplyTurn turn,
      SnapshotRequests snapshotRequests) {
    this.ring = ring;
    this.ledger = context.ledger();
    this.turn = turn;
    this.synced = context.durability() == Durability.SYNCED;
    this.counters = counters;
    this.errands = new Errands(state);
    this.snapshots = new SnapshotDesk(ledger, errands, context.nanoClock());
    this.snapshotRequests = snapshotRequests;
  }

  /** The snapshots of the ledger. */
  SnapshotDesk snapshots() {
    return snapshots;
  }

  @Override
  public void wakeBy(Doorbell doorbell) {
    errands.wakeBy(doorbell);
  }

  @Override
  public void runErrands() {
    errands.run();
  }

  @Override
  public void onIdle() {
    ledger.reclaim();
    counters.noteSnapshots(ledger.keptForSnapshotsBytes(), ledger.abandonedSnapshots());
  }

  /** Any thread: refuses what nobody will do any more. */
  void refuseErrands() {
    errands.refuseAll();
  }

  @Override
  public void onBatch(long first, long last) {
    if (!turn.begin()) {
      if (synced) {
        markUnwritten(first, last);
      } else {
        rollBack(first);
        refuse(first, last);
      }
      return;
    }
    try {
      applyAll(first, last);
    } finally {
      turn.end();
    }
  }

  private void applyAll(long first, long last) {
    int commands = 0;
    int queries = 0;
    int refused = 0;
    long lookAhead = first;
    for (long place = first; place <= last; place++) {
      if (place == lookAhead) {
        lookAhead = lookAhead(place, last);
      }
      final RequestSlot slot = ring.slot(place);
      final RequestKind kind = slot.kind();
      if (kind == RequestKind.NONE) {
        continue;
      }
      final ReplyRing replies = slot.replies();
      slot.replyStart = replies.position();
      begun = place;
      if (kind == RequestKind.BULK_QUERY) {
        slot.bulkRead = openView(slot);
        queries++;
        continue;
      }
      replies.append(
          reply(slot, kind, replies.buffer(), replies.messageOffset()), slot.reservedBytes());
      slot.replyEnd = replies.position();
      commands += kind == RequestKind.COMMAND ? 1 : 0;
      queries += kind == RequestKind.QUERY || kind == RequestKind.SNAPSHOT ? 1 : 0;
      refused += kind == RequestKind.REPLY ? 1 : 0;
    }
    counters.addBatch(commands, queries, refused);
    counters.noteSnapshots(ledger.keptForSnapshotsBytes(), ledger.abandonedSnapshots());
  }

  /** Brings near what the next requests will touch; returns the place after the last of them. */
  private long lookAhead(long place, long last) {
    final long end = Math.min(place + Ledger.LOOKAHEAD, last + 1);
    if (end - place > 1) {
      for (long next = place; next < end; next++) {
        final RequestSlot slot = ring.slot(next);
        if (slot.kind() == RequestKind.COMMAND || slot.kind() == RequestKind.QUERY) {
          ledger.announce(slot.message(), 0);
        }
      }
      ledger.lookAhead();
    }
    return end;
  }

  private int reply(RequestSlot slot, RequestKind kind, MutableDirectBuffer buffer, int offset) {
    return switch (kind) {
      case COMMAND -> ledger.apply(slot.sequence, slot.message(), 0, slot.length(), buffer, offset);
      case QUERY -> ledger.query(slot.message(), 0, slot.length(), buffer, offset);
      // In its place in the ring: the snapshot holds every command before it.
      case SNAPSHOT ->
          snapshotRequests.answer(slot.message(), 0, ledger.sequence(), buffer, offset);
      case HELLO_REPLY -> {
        copy(slot, buffer, offset);
        putLong(buffer, offset + HELLO_SEQUENCE, ledger.sequence());
        putLong(buffer, offset + HELLO_TIME, ledger.timeMillis());
        yield slot.length();
      }
      case PONG -> {
        copy(slot, buffer, offset);
        putLong(buffer, offset + PONG_SEQUENCE, ledger.sequence());
        yield slot.length();
      }
      case REPLY, NONE, BULK_QUERY -> copy(slot, buffer, offset);
    };
  }

  /** The view of a bulk query is of its place in the ring: it holds every command before it. */
  private BulkRead openView(RequestSlot slot) {
    bulkQuery.wrap(slot.message(), 0);
    final AgedSnapshot newView =
        bulkQuery.namesView() ? null : snapshots.open(bulkQuery.maxAgeNanos());
    return new BulkRead(
        slot.replies(), slot.reservedBytes(), slot.message(), slot.length(), newView);
  }

  private static int copy(RequestSlot slot, MutableDirectBuffer buffer, int offset) {
    buffer.putBytes(offset, slot.message(), 0, slot.length());
    return slot.length();
  }

  private static void putLong(MutableDirectBuffer buffer, int index, long value) {
    buffer.putLong(index, value, ByteOrder.LITTLE_ENDIAN);
  }

  /** Leaves the answers to the commit stage, which must know what has been written. */
  private void markUnwritten(long first, long last) {
    for (long place = Math.max(begun + 1, first); place <= last; place++) {
      ring.slot(place).replyStart = RequestSlot.UNWRITTEN;
    }
  }

  /** Takes back what was written of a batch that failed. */
  private void rollBack(long first) {
    for (long place = begun; place >= first; place--) {
      final RequestSlot slot = ring.slot(place);
      if (slot.kind() != RequestKind.NONE) {
        slot.replies().rollBack(slot.replyStart);
      }
    }
  }

  private void refuse(long first, long last) {
    int refused = 0;
    for (long place = first; place <= last; place++) {
      final RequestSlot slot = ring.slot(place);
      if (slot.kind() == RequestKind.NONE) {
        continue;
      }
      slot.replyStart = slot.replies().position();
      begun = place;
      errors.answerFailure(slot);
      refused++;
    }
    counters.addBatch(0, 0, refused);
  }
}
