package dev.verdant.pipeline;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.Status;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sequencer: gives the commands of a batch their sequence and engine time, in the order of the
 * ring, and keeps them in the journal before any later stage sees them.
 *
 * <p>Time is stamped here and not by the producers, of which there are several: only here is there
 * one order, and so a time that never goes back.
 *
 * <p>While the journal has no space, commands become errors here, in their place in the order.
 */
final class JournalStage implements Stage {
  /** Most bytes of commands that the journal gets at once; more gain nothing. */
  private static final int MAX_PIECE_LENGTH = 1024 * 1024;

  private final RequestRing ring;
  private final Journal journal;
  private final EngineState state;
  private final EngineCounters counters;
  private final EpochClock clock;
  private final boolean stamps;
  private final boolean forcesAtEnd;
  private final UnsafeBuffer piece;
  private final ErrorReplies errors = new ErrorReplies();
  private final Errands errands;
  private long sequence;
  private long timeMillis;
  private int pieceLength;
  private int pieceCount;

  JournalStage(
      RequestRing ring, EngineContext context, EngineState state, EngineCounters counters) {
    this.ring = ring;
    this.journal = context.journal();
    this.state = state;
    this.counters = counters;
    this.clock = context.clock();
    this.stamps = context.clockMode() == ClockMode.SYSTEM;
    this.forcesAtEnd = context.durability() == Durability.WRITTEN;
    this.piece =
        new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(
                Math.min(journal.maxBatchLength(), MAX_PIECE_LENGTH), BitUtil.CACHE_LINE_LENGTH));
    this.sequence = journal.lastSequence();
    this.timeMillis = context.ledger().timeMillis();
    this.errands = new Errands(state);
  }

  /**
   * Any thread: lets the next batch begin a new file.
   *
   * @return the sequence of the last command before it.
   */
  CompletableFuture<Long> roll() {
    return errands.ask(
        () -> {
          journal.roll();
          return sequence;
        },
        lastSequence -> {});
  }

  @Override
  public void wakeBy(Doorbell doorbell) {
    errands.wakeBy(doorbell);
  }

  @Override
  public void runErrands() {
    errands.run();
  }

  /** Any thread: refuses what nobody will do any more. */
  void refuseErrands() {
    errands.refuseAll();
  }

  @Override
  public void onBatch(long first, long last) {
    if (state.hasFailed()) {
      return;
    }
    if (stamps) {
      timeMillis = Math.max(timeMillis, clock.time());
    }
    boolean asked = false;
    boolean hasSpace = false;
    for (long place = first; place <= last; place++) {
      final RequestSlot slot = ring.slot(place);
      if (slot.kind() != RequestKind.COMMAND) {
        continue;
      }
      if (!asked) {
        asked = true;
        hasSpace = journal.hasSpace();
      }
      if (hasSpace) {
        add(slot);
      } else {
        refuse(slot);
      }
    }
    appendPiece();
  }

  @Override
  public void onStop() {
    if (forcesAtEnd && !state.hasFailed()) {
      journal.force();
    }
  }

  private void add(RequestSlot slot) {
    final MutableDirectBuffer message = slot.message();
    final int length = slot.length();
    final int encodedLength = CommandBatch.encodedLength(length);
    if (stamps) {
      Messages.putCommandTimeMillis(message, 0, timeMillis);
    }
    if (pieceLength + encodedLength > piece.capacity()) {
      appendPiece();
    }
    final int end = pieceLength + encodedLength;
    piece.putLong(end - CommandBatch.ALIGNMENT, 0);
    piece.putInt(pieceLength, length, ByteOrder.LITTLE_ENDIAN);
    piece.putBytes(pieceLength + CommandBatch.LENGTH_PREFIX, message, 0, length);
    pieceLength = end;
    pieceCount++;
    slot.sequence = ++sequence;
  }

  private void refuse(RequestSlot slot) {
    final MutableDirectBuffer message = slot.message();
    final long correlationId = Frame.correlationId(message, 0);
    slot.refuse(errors.encode(message, 0, correlationId, Status.OUT_OF_SPACE));
  }

  private void appendPiece() {
    if (pieceCount > 0) {
      journal.append(sequence - pieceCount + 1, pieceCount, piece, 0, pieceLength);
      counters.addJournaledBatch();
      pieceLength = 0;
      pieceCount = 0;
    }
  }
}
