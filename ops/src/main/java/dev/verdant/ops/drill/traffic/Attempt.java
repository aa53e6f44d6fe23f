package dev.verdant.ops.drill.traffic;

import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.UpdateAccountRequest;
import dev.verdant.protocol.codec.Status;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One command as it was sent once: its bytes, and what is known of it so far. A command that is
 * sent again is another attempt, with a correlation id of its own, that knows the one before.
 */
final class Attempt {
  private final Request<?> request;
  private final UnsafeBuffer message;
  private final Attempt before;
  private long sequence;
  private Status status;
  private byte[] reply;
  private boolean refused;

  Attempt(Request<?> request, UnsafeBuffer message, Attempt before) {
    this.request = request;
    this.message = message;
    this.before = before;
  }

  Request<?> request() {
    return request;
  }

  /** The message as the journal should hold it. */
  UnsafeBuffer message() {
    return message;
  }

  /** Place in the journal, 0 while it is not known to be there. */
  long sequence() {
    return sequence;
  }

  /** It is in the journal. */
  void keptAt(long place) {
    sequence = place;
  }

  /** What became of it; null while nobody knows. */
  Status status() {
    return status;
  }

  void decidedAs(Status decided) {
    status = decided;
  }

  void acknowledgedBy(DirectBuffer buffer, int offset, int length) {
    reply = new byte[length];
    buffer.getBytes(offset, reply);
  }

  /** Whether the acknowledgement, if there was one, said exactly this. */
  boolean isAnsweredLike(UnsafeBuffer other, int length) {
    return reply == null
        || (reply.length == length && new UnsafeBuffer(reply).equals(sliceOf(other, length)));
  }

  private static UnsafeBuffer sliceOf(UnsafeBuffer buffer, int length) {
    return new UnsafeBuffer(buffer, 0, length);
  }

  /** Whether the server has said that it did nothing with it. */
  boolean isRefused() {
    return refused;
  }

  void refusedAs(Status answer) {
    refused = true;
    status = answer;
  }

  /** The first attempt at the same command that the journal kept, before this one. */
  Optional<Attempt> firstKept() {
    Optional<Attempt> kept = Optional.empty();
    for (Attempt earlier = before; earlier != null; earlier = earlier.before) {
      if (earlier.sequence != 0) {
        kept = Optional.of(earlier);
      }
    }
    return kept;
  }

  /** Whether the command carries a transaction id, under which it happens once. */
  boolean hasId() {
    return !(request instanceof ConfigureRequest
        || request instanceof OpenAccountRequest
        || request instanceof UpdateAccountRequest
        || request instanceof ReleaseRequest);
  }

  @Override
  public String toString() {
    return request + (before == null ? "" : ", sent again");
  }
}
