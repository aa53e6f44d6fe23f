package dev.verdant.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Who comes first, the reader into its copy or the writer to the free list. The reader says that it
 * is inside, then looks for what it will copy; the writer takes that away, then looks who is
 * inside. A full fence stands between the two steps of each, so that at least one sees the other.
 *
 * <p>The hole if one fence were missing: each step waits in its store buffer, the reader copies
 * from memory that the writer has given back.
 */
public abstract class InsideOrFreed {
  final SmallMemory memory;
  final CutReader reader;

  /** A cut whose reader has not entered. */
  InsideOrFreed(int savedPages) {
    memory = new SmallMemory(savedPages);
    reader = memory.openCut();
    memory.saveSparePage();
  }

  /** 1 for what was freed in the race, 0 for what is freed now, else what is left for ever. */
  int freedAfterLeaving(int freed) {
    reader.leaveRelease();
    return memory.leftAfterClosing(reader) == 0 ? freed : SmallMemory.LOST;
  }

  /** A block that only a closed cut needed: unlinked, then free. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "unlinked and freed before the reader looked")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the reader may use it: it is not freed")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "unlinked, and kept for a reader inside")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "freed under the reader's copy")
  @Outcome(expect = FORBIDDEN, desc = "never freed")
  public static class Block extends InsideOrFreed {
    private final long block;

    /** The page's newest version is a closed cut's. */
    public Block() {
      super(16);
      memory.change(SmallMemory.PAGE, 2);
      final CutReader closed = memory.openCut();
      memory.change(SmallMemory.PAGE, 3);
      closed.close();
      block = memory.headAcquire(SmallMemory.PAGE);
    }

    /** Enters a copy and looks for the block. */
    @Actor
    public void reader(II_Result result) {
      reader.enterVolatile();
      result.r1 = memory.headAcquire(SmallMemory.PAGE) == block ? 1 : 0;
    }

    /** Unlinks the block and frees it if it may. */
    @Actor
    public void writer(II_Result result) {
      final long before = memory.keptPages();
      memory.memory().reclaim();
      result.r2 = memory.keptPages() < before ? 1 : 0;
    }

    /** What is kept once the reader has left. */
    @Arbiter
    public void after(II_Result result) {
      result.r2 = freedAfterLeaving(result.r2);
    }
  }

  /** A segment that has left its table and cannot be kept: the cut is given up, then it is free. */
  @JCStressTest
  @State
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "given up and freed before the reader looked")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the reader may use it: it is not freed")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and kept for a reader inside")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "freed under the reader's copy")
  @Outcome(expect = FORBIDDEN, desc = "never freed")
  public static class Segment extends InsideOrFreed {
    /** No room for a segment. */
    public Segment() {
      super(2);
    }

    /** Enters a copy and looks whether the cut is open. */
    @Actor
    public void reader(II_Result result) {
      reader.enterVolatile();
      result.r1 = reader.cut().isOpen() ? 1 : 0;
    }

    /** Lets the segment go, gives the cut up, and frees the segment if it may. */
    @Actor
    public void writer(II_Result result) {
      final long before = memory.memory().allocatedBytes();
      memory.releaseSegment();
      result.r2 = memory.memory().allocatedBytes() < before ? 1 : 0;
    }

    /** What is kept once the reader has left. */
    @Arbiter
    public void after(II_Result result) {
      result.r2 = freedAfterLeaving(result.r2);
    }
  }
}
