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
import dev.verdant.protocol.codec.Status;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.function.IntSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs every pool's release once a business day, at a time of day or as soon after it as it is
 * polled: so also when the server was down at that time. A repeat is harmless: the ledger answers
 * ALREADY_RUN (rulebook section 6). A day of which nothing was left is not run later.
 *
 * <p>Driven by {@link #poll}, one thread at a time; sends and waits for nothing.
 */
public final class ReleaseScheduler {
  /** Business offset of the default program, in minutes east of UTC. */
  public static final int DEFAULT_OFFSET_MINUTES = 480;

  private static final long MINUTE_MILLIS = 60_000;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final MessageConnection connection;
  private final EpochClock clock;
  private final IntSupplier offsetMinutes;
  private final long atMillis;
  private final UnsafeBuffer request = new UnsafeBuffer(new byte[128]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageHeaderDecoder replyHeader = new MessageHeaderDecoder();
  private final PoolsQueryEncoder query = new PoolsQueryEncoder();
  private final ReleaseEncoder release = new ReleaseEncoder();
  private final PoolsQueryReplyDecoder pools = new PoolsQueryReplyDecoder();
  private final ReleaseReplyDecoder releaseReply = new ReleaseReplyDecoder();
  private final ArrayDeque<Integer> waitingPools = new ArrayDeque<>();
  private long doneDay = NEVER;
  private long runningDay = NEVER;
  private long retryAtMillis = NEVER;
  private int unanswered;
  private boolean refused;

  /**
   * Creates a scheduler.
   *
   * @param connection its own connection to the ledger; the caller's to close.
   * @param offsetMinutes the program's business offset, asked at every poll.
   * @param at time of the business day.
   */
  public ReleaseScheduler(
      MessageConnection connection, EpochClock clock, IntSupplier offsetMinutes, LocalTime at) {
    this.connection = connection;
    this.clock = clock;
    this.offsetMinutes = offsetMinutes;
    this.atMillis = at.toNanoOfDay() / 1_000_000;
  }

  /**
   * Does what is due: asks for the pools, sends releases, takes answers.
   *
   * @return replies taken and requests sent; 0 if there was nothing to do.
   * @throws dev.verdant.protocol.ConnectionLostException if the other side is gone.
   */
  public int poll() {
    final long nowMillis = clock.time();
    int work = connection.poll(this::onReply);
    if (runningDay == NEVER) {
      work += begin(nowMillis);
    } else {
      work += sendReleases();
      finish(nowMillis);
    }
    return work;
  }

  /**
   * The last business day whose releases have all been answered, {@link Long#MIN_VALUE} if none.
   */
  public long doneDay() {
    return doneDay;
  }

  private int begin(long nowMillis) {
    final long businessMillis = nowMillis + offsetMinutes.getAsInt() * MINUTE_MILLIS;
    final long today = Math.floorDiv(businessMillis, DAY_MILLIS);
    if (today <= doneDay
        || Math.floorMod(businessMillis, DAY_MILLIS) < atMillis
        || nowMillis < retryAtMillis) {
      return 0;
    }
    query.wrapAndApplyHeader(request, 0, header).correlationId(today);
    if (!offer(query.encodedLength())) {
      return 0;
    }
    runningDay = today;
    refused = false;
    return 1;
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
    connection.flush();
    return sent;
  }

  private void finish(long nowMillis) {
    if (unanswered == 0 && waitingPools.isEmpty()) {
      if (refused) {
        retryAtMillis = nowMillis + MINUTE_MILLIS;
      } else {
        doneDay = runningDay;
      }
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
      case PoolsQueryReplyDecoder.TEMPLATE_ID -> {
        pools.wrapAndApplyHeader(buffer, offset, replyHeader);
        pools.pools().forEach(pool -> waitingPools.add(pool.pool()));
      }
      case ReleaseReplyDecoder.TEMPLATE_ID -> {
        releaseReply.wrapAndApplyHeader(buffer, offset, replyHeader);
        refused |= !isSettled(releaseReply.status());
      }
      case ErrorReplyDecoder.TEMPLATE_ID -> {
        refused = true;
      }
      default ->
          throw new IllegalStateException(
              "reply of " + length + " bytes to " + Frame.correlationId(buffer, offset));
    }
  }

  /** Whether this pool needs no further try today. */
  private static boolean isSettled(Status status) {
    return switch (status) {
      case OK, ALREADY_RUN, DAY_PASSED -> true;
      default -> false;
    };
  }
}
