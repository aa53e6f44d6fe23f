package dev.verdant.pipeline.release;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.PoolsQueryEncoder;
import dev.verdant.protocol.codec.PoolsQueryReplyDecoder;
import dev.verdant.protocol.codec.ReleaseEncoder;
import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import dev.verdant.protocol.codec.SequenceQueryEncoder;
import dev.verdant.protocol.codec.SequenceQueryReplyDecoder;
import dev.verdant.protocol.codec.Status;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs every pool's release once a business day, at a time of day or as soon after it as it is
 * polled: so also when the server was down at that time. A repeat is harmless: the ledger answers
 * ALREADY_RUN (rulebook section 6). A day of which nothing was left is not run later.
 *
 * <p>Once a minute it asks the ledger for the program's business offset and the pools: by what the
 * ledger says now it is time, or it is not. What was refused is tried again in the next minute.
 *
 * <p>Driven by {@link #poll}, one thread at a time; sends and waits for nothing.
 */
public final class ReleaseScheduler {
  private static final long MINUTE_MILLIS = 60_000;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final MessageConnection connection;
  private final EpochClock clock;
  private final long atMillis;
  private final UnsafeBuffer request = new UnsafeBuffer(new byte[128]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder replyHeader = new MessageHeaderDecoder();
  private final SequenceQueryEncoder sequenceQuery = new SequenceQueryEncoder();
  private final PoolsQueryEncoder poolsQuery = new PoolsQueryEncoder();
  private final ReleaseEncoder release = new ReleaseEncoder();
  private final SequenceQueryReplyDecoder sequenceReply = new SequenceQueryReplyDecoder();
  private final PoolsQueryReplyDecoder poolsReply = new PoolsQueryReplyDecoder();
  private final ReleaseReplyDecoder releaseReply = new ReleaseReplyDecoder();
  private final ErrorReplyDecoder errorReply = new ErrorReplyDecoder();
  private final ArrayDeque<Integer> waitingPools = new ArrayDeque<>();
  private int offsetMinutes;
  private long askedMinute = NEVER;
  private long doneDay = NEVER;
  private long runningDay = NEVER;
  private int unanswered;
  private Optional<Status> refusal = Optional.empty();

  /**
   * Creates a scheduler.
   *
   * @param connection its own connection to the ledger; the caller's to close.
   * @param clock of the mode SYSTEM: milliseconds since the epoch.
   * @param at time of the business day, its seconds left out: after the last minute of a day there
   *     is no other in which to ask.
   */
  public ReleaseScheduler(MessageConnection connection, EpochClock clock, LocalTime at) {
    this.connection = connection;
    this.clock = clock;
    this.atMillis = at.truncatedTo(ChronoUnit.MINUTES).toSecondOfDay() * 1_000L;
  }

  /**
   * Does what is due: asks the ledger, sends releases, takes answers.
   *
   * @return replies taken and requests sent; 0 if there was nothing to do.
   * @throws dev.verdant.protocol.ConnectionLostException if the other side is gone.
   */
  public int poll() {
    int work = connection.poll(this::onReply);
    work += sendReleases();
    if (unanswered == 0 && waitingPools.isEmpty()) {
      finish();
      work += ask();
    }
    if (work > 0) {
      connection.flush();
    }
    return work;
  }

  /**
   * The last business day whose releases have all been answered, {@link Long#MIN_VALUE} if none.
   */
  public long doneDay() {
    return doneDay;
  }

  /**
   * Why not every pool could be released at the last try, which will be repeated within a minute;
   * empty if there was no such try, or it went well.
   */
  public Optional<Status> refusal() {
    return refusal;
  }

  private int ask() {
    final long minute = Math.floorDiv(clock.time(), MINUTE_MILLIS);
    if (minute == askedMinute) {
      return 0;
    }
    sequenceQuery.wrapAndApplyHeader(request, 0, header).correlationId(minute);
    if (!offer(sequenceQuery.encodedLength())) {
      return 0;
    }
    askedMinute = minute;
    poolsQuery.wrapAndApplyHeader(request, 0, header).correlationId(minute);
    return offer(poolsQuery.encodedLength()) ? 2 : 1;
  }

  /** The pools are known, and the offset, for which was asked before. */
  private void begin() {
    final long businessMillis = clock.time() + offsetMinutes * MINUTE_MILLIS;
    final long today = Math.floorDiv(businessMillis, DAY_MILLIS);
    // A clock that was ahead for a while has left a day that is done and has not come yet.
    if (today != doneDay && Math.floorMod(businessMillis, DAY_MILLIS) >= atMillis) {
      runningDay = today;
      refusal = Optional.empty();
      poolsReply.pools().forEach(pool -> waitingPools.add(pool.pool()));
    }
  }

  private int sendReleases() {
    int sent = 0;
    while (!waitingPools.isEmpty()) {
      release
          .wrapAndApplyHeader(request, 0, header)
          .correlationId(waitingPools.peek())
          .time(ReleaseEncoder.timeNullValue())
          .pool(waitingPools.peek())
          .day((int) runningDay);
      if (!offer(release.encodedLength())) {
        break;
      }
      waitingPools.remove();
      sent++;
    }
    return sent;
  }

  private void finish() {
    if (runningDay != NEVER) {
      doneDay = refusal.isPresent() ? doneDay : runningDay;
      runningDay = NEVER;
    }
  }

  private boolean offer(int blockLength) {
    final boolean taken =
        connection.offer(request, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    unanswered += taken ? 1 : 0;
    return taken;
  }

  private void onReply(DirectBuffer buffer, int offset, int length) {
    unanswered--;
    switch (Messages.templateId(buffer, offset)) {
      case SequenceQueryReplyDecoder.TEMPLATE_ID -> {
        sequenceReply.wrapAndApplyHeader(buffer, offset, replyHeader);
        offsetMinutes = sequenceReply.businessOffsetMinutes();
      }
      case PoolsQueryReplyDecoder.TEMPLATE_ID -> {
        poolsReply.wrapAndApplyHeader(buffer, offset, replyHeader);
        begin();
      }
      case ReleaseReplyDecoder.TEMPLATE_ID -> {
        releaseReply.wrapAndApplyHeader(buffer, offset, replyHeader);
        if (!isSettled(releaseReply.status())) {
          refusal = Optional.of(releaseReply.status());
        }
      }
      case ErrorReplyDecoder.TEMPLATE_ID -> {
        errorReply.wrapAndApplyHeader(buffer, offset, replyHeader);
        refusal = Optional.of(errorReply.status());
      }
      default ->
          throw new IllegalStateException(
              "reply of " + length + " bytes to " + Frame.correlationId(buffer, offset));
    }
  }

  /**
   * Whether this pool has had its release of the day. One whose day has passed has not: engine time
   * is ahead of the clock.
   */
  private static boolean isSettled(Status status) {
    return status == Status.OK || status == Status.ALREADY_RUN;
  }
}
