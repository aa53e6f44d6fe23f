package dev.verdant.ops.drill.traffic;

import dev.verdant.client.request.Request;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.Status;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The drill's own record: every command sent, what was acknowledged, and what the journal was found
 * to hold. Each new fact is held against those before; a contradiction is a {@link LieException}.
 *
 * <p>Not thread-safe.
 */
public final class SentCommands {
  /** Answers that promise that nothing was done. */
  private static final Set<Status> NOTHING_DONE =
      EnumSet.of(Status.BUSY, Status.SHUTTING_DOWN, Status.OUT_OF_SPACE);

  /** Answers to commands wrong in themselves, whose ids are not remembered. */
  private static final Set<Status> NOT_REMEMBERED =
      EnumSet.of(Status.INVALID_ID, Status.INVALID_AMOUNT);

  private final boolean stampedByServer;
  private final Map<Long, Attempt> undecided = new LinkedHashMap<>();
  private final Map<Long, Attempt> unfollowed = new LinkedHashMap<>();
  private final TreeMap<Long, Attempt> bySequence = new TreeMap<>();
  private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH]);
  private final Reply reply = new Reply();
  private long lastCorrelationId;
  private long followedTo;
  private long lastTimeMillis = Long.MIN_VALUE;
  private long acknowledged;
  private long rejected;
  private long refused;

  /**
   * @param stampedByServer whether the server puts its own time into commands.
   */
  public SentCommands(boolean stampedByServer) {
    this.stampedByServer = stampedByServer;
  }

  /** Notes a command that is about to be sent. */
  Attempt add(Request<?> request, Attempt before) {
    long correlationId = ++lastCorrelationId;
    int length = request.encode(scratch, 0, correlationId);
    UnsafeBuffer message = new UnsafeBuffer(new byte[length]);
    message.putBytes(0, scratch, 0, length);
    Attempt attempt = new Attempt(request, message, before);
    undecided.put(correlationId, attempt);
    unfollowed.put(correlationId, attempt);
    return attempt;
  }

  /** Forgets a command that could not be sent after all. */
  void remove(Attempt attempt) {
    long correlationId = Frame.correlationId(attempt.message(), 0);
    undecided.remove(correlationId);
    unfollowed.remove(correlationId);
  }

  /** The server has answered. */
  void onReply(Attempt attempt, DirectBuffer buffer, int offset, int length) {
    Result result = attempt.request().decode(reply.wrap(buffer, offset, length, false));
    long correlationId = Frame.correlationId(attempt.message(), 0);
    if (reply.correlationId() != correlationId) {
      throw new LieException(
          "the reply to request " + correlationId + " names request " + reply.correlationId());
    }
    if (result.sequence() > 0) {
      undecided.remove(correlationId);
      attempt.acknowledgedBy(buffer, offset, length);
      attempt.decidedAs(result.status());
      placeAt(result.sequence(), attempt);
      requireExactlyOnce(attempt);
      acknowledged++;
      rejected += result.accepted() ? 0 : 1;
    } else if (NOTHING_DONE.contains(result.status())) {
      attempt.refusedAs(result.status());
      refused++;
    } else if (result.status() != Status.ENGINE_FAILED) {
      throw new LieException(
          attempt + " was answered " + result.status() + " " + result.outcome().detail());
    }
  }

  /** An id that had been kept is answered as before, or as a duplicate. */
  private static void requireExactlyOnce(Attempt attempt) {
    attempt
        .firstKept()
        .filter(kept -> attempt.hasId() && !NOT_REMEMBERED.contains(kept.status()))
        .ifPresent(
            kept -> {
              Status expected = kept.status() == Status.OK ? Status.DUPLICATE : kept.status();
              if (attempt.status() != expected) {
                throw new LieException(
                    attempt
                        + ": kept at sequence "
                        + kept.sequence()
                        + " as "
                        + kept.status()
                        + ", now answered "
                        + attempt.status());
              }
            });
  }

  /** The journal was found to hold this command. */
  public void onKept(long sequence, DirectBuffer buffer, int offset, int length) {
    if (sequence <= followedTo) {
      return;
    }
    long correlationId = Frame.correlationId(buffer, offset);
    Attempt attempt = unfollowed.get(correlationId);
    if (attempt == null) {
      throw new LieException(
          "sequence " + sequence + " holds request " + correlationId + ", which nobody sent");
    }
    if (attempt.isRefused()) {
      throw new LieException(
          attempt + " was answered " + attempt.status() + " and is kept at sequence " + sequence);
    }
    if (stampedByServer) {
      takeTime(sequence, attempt, Messages.commandTimeMillis(buffer, offset));
    }
    if (!attempt.message().equals(new UnsafeBuffer(buffer, offset, length))) {
      throw new LieException("sequence " + sequence + " holds other bytes than were sent");
    }
    placeAt(sequence, attempt);
  }

  private void takeTime(long sequence, Attempt attempt, long timeMillis) {
    if (timeMillis < lastTimeMillis) {
      throw new LieException(
          "engine time went back at sequence "
              + sequence
              + ": "
              + timeMillis
              + " after "
              + lastTimeMillis);
    }
    lastTimeMillis = timeMillis;
    Messages.putCommandTimeMillis(attempt.message(), 0, timeMillis);
  }

  private void placeAt(long sequence, Attempt attempt) {
    if (attempt.sequence() != 0 && attempt.sequence() != sequence) {
      throw new LieException(
          attempt + " has sequence " + attempt.sequence() + " and sequence " + sequence);
    }
    Attempt other = bySequence.putIfAbsent(sequence, attempt);
    if (sequence <= followedTo || (other != null && other != attempt)) {
      throw new LieException("sequence " + sequence + " is that of two commands");
    }
    attempt.keptAt(sequence);
  }

  /**
   * Everything acknowledged must be in a journal that ends here.
   *
   * @param lastSequence of the journal.
   */
  public void requireKept(long lastSequence) {
    bySequence
        .tailMap(lastSequence, false)
        .forEach(
            (sequence, attempt) -> {
              throw new LieException(
                  "sequence "
                      + sequence
                      + " was acknowledged as "
                      + attempt.status()
                      + ", the journal ends at "
                      + lastSequence
                      + ": "
                      + attempt);
            });
  }

  /** The journal holds nothing that was not answered; after a stop in good order. */
  public void requireNothingUnanswered() {
    for (Attempt attempt : undecided.values()) {
      if (attempt.sequence() != 0) {
        throw new LieException(
            "sequence " + attempt.sequence() + " was taken and never answered: " + attempt);
      }
    }
  }

  /** Hands out the command of the next sequence, once; null if it is not known yet. */
  Attempt takeNext() {
    Attempt next = bySequence.remove(followedTo + 1);
    if (next != null) {
      followedTo++;
      unfollowed.remove(Frame.correlationId(next.message(), 0));
    }
    return next;
  }

  /**
   * Commands without an acknowledgement that were found in the journal since the last resending.
   */
  public long unacknowledgedKept() {
    return undecided.values().stream().filter(attempt -> attempt.sequence() != 0).count();
  }

  /**
   * Takes out what has no acknowledgement, in the order in which it was sent, to send it again.
   * What was not found in the journal by now must never turn up there.
   */
  List<Attempt> takeUndecided() {
    List<Attempt> taken = new ArrayList<>(undecided.values());
    undecided.clear();
    unfollowed.values().removeIf(attempt -> attempt.sequence() == 0);
    return taken;
  }

  /** Highest sequence known of any command, 0 if there is none. */
  public long lastSequence() {
    return bySequence.isEmpty() ? followedTo : bySequence.lastKey();
  }

  /** Commands acknowledged so far, rejected ones included. */
  public long acknowledged() {
    return acknowledged;
  }

  /** Commands acknowledged as rejected so far, duplicates included. */
  public long rejected() {
    return rejected;
  }

  /** Commands so far that the server declined to take. */
  public long refused() {
    return refused;
  }

  /** Commands sent and not acknowledged. */
  public int unacknowledged() {
    return undecided.size();
  }
}
