package dev.verdant.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A reply on its way from the stages to the owner of a connection's reply ring. The stage publishes
 * the tail, then the room, then the count; the owner looks at them in the other order.
 */
public abstract class ReplyHandOver {
  private static final int RESERVED = 1000;
  private static final int MESSAGE_LENGTH = Long.BYTES;
  private static final int VALUE = 42;

  /** Rings are large, and as good as new once their replies are read. */
  private static final Queue<ReplyRing> RINGS = new ConcurrentLinkedQueue<>();

  final ReplyRing ring;

  /** One request is in flight. */
  ReplyHandOver() {
    final ReplyRing used = RINGS.poll();
    ring = used == null ? new ReplyRing(ReplyRing.MIN_CAPACITY, 1, () -> {}) : used;
    ring.reserve(1, RESERVED);
  }

  void reply() {
    ring.buffer().putLong(ring.messageOffset(), VALUE);
    ring.append(MESSAGE_LENGTH, RESERVED);
    ring.stage(ring.position(), RESERVED);
    ring.publish();
  }

  void giveBack() {
    ring.reset();
    RINGS.add(ring);
  }

  /** Who sees that the request is answered sees the answer, whole. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing yet")
  @Outcome(id = "0, 42", expect = ACCEPTABLE, desc = "the reply came between the looks")
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "answered, and here is the reply")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "answered, but there is no reply")
  @Outcome(expect = FORBIDDEN, desc = "a reply that is not whole")
  public static class Answer extends ReplyHandOver {
    /** Replies. */
    @Actor
    public void stages() {
      reply();
    }

    /** Looks for the answer, then for the reply. */
    @Actor
    public void owner(II_Result result) {
      result.r1 = ring.isAnswered() ? 1 : 0;
      ring.poll(
          (buffer, offset, length) ->
              result.r2 = length == MESSAGE_LENGTH ? (int) buffer.getLong(offset) : -length);
    }

    /** Gives the ring back. */
    @Arbiter
    public void after(II_Result result) {
      giveBack();
    }
  }

  /** A reply's room is counted as reserved, as used, or as both: never as free. */
  @JCStressTest
  @State
  @Outcome(id = "1000", expect = ACCEPTABLE, desc = "reserved")
  @Outcome(id = "12", expect = ACCEPTABLE, desc = "used by the reply")
  @Outcome(id = "1012", expect = ACCEPTABLE, desc = "both for a moment: the owner waits a little")
  @Outcome(id = "0", expect = FORBIDDEN, desc = "free: the next reply overruns this one")
  @Outcome(expect = FORBIDDEN, desc = "some other number")
  public static class Room extends ReplyHandOver {
    /** Replies. */
    @Actor
    public void stages() {
      reply();
    }

    /** Looks what is not free. */
    @Actor
    public void owner(I_Result result) {
      result.r1 = ReplyRing.MIN_CAPACITY - ring.freeBytes();
    }

    /** Gives the ring back. */
    @Arbiter
    public void after(I_Result result) {
      giveBack();
    }
  }
}
