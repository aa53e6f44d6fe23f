package dev.verdant.client.request;

import dev.verdant.client.result.ReleaseResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReleaseEncoder;
import java.util.OptionalInt;
import org.agrona.MutableDirectBuffer;

/**
 * Runs a pool's release of a business day (rulebook section 6). It has no id: its business day
 * keeps it from running twice, so name the day where the request may be sent again.
 *
 * @param pool whose release runs.
 * @param day business day in days since the epoch; the engine's own day where empty.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record ReleaseRequest(int pool, OptionalInt day, long timeMillis)
    implements Request<ReleaseResult> {
  /** The release of the engine's current business day. */
  public static ReleaseRequest today(int pool) {
    return new ReleaseRequest(pool, OptionalInt.empty(), NO_TIME);
  }

  /** The release of a business day, in days since the epoch. */
  public static ReleaseRequest of(int pool, int day) {
    return new ReleaseRequest(pool, OptionalInt.of(day), NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public ReleaseRequest at(long timeMillis) {
    return new ReleaseRequest(pool, day, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new ReleaseEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .pool(pool)
            .day(day.orElse(ReleaseEncoder.dayNullValue()))
            .encodedLength();
  }

  @Override
  public ReleaseResult decode(Reply reply) {
    return ReleaseResult.decode(reply);
  }
}
