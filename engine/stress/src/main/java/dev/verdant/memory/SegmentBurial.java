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
 * A segment leaves its table (an index has grown, a day has expired) while a reader of a cut that
 * has it in its directory copies from it. With room it is kept until the cut closes; without, the
 * cut is given up and the reader told.
 */
public abstract class SegmentBurial {
  final SmallMemory memory;
  final CutReader reader;
  final Records records;

  /** A cut with the segment in its directory. */
  SegmentBurial(int savedPages) {
    memory = new SmallMemory(savedPages);
    reader = memory.openCut();
    records = memory.records(reader);
    memory.saveSparePage();
  }

  int readPage() {
    return SmallMemory.read(records, SmallMemory.PAGE);
  }

  void changeAndRelease() {
    memory.change(SmallMemory.PAGE, 2);
    memory.releaseSegment();
  }

  /** There is room for the segment. */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the page of the cut's moment")
  @Outcome(id = "-2, 0", expect = FORBIDDEN, desc = "given up without need")
  @Outcome(id = "1, [1-9]+", expect = FORBIDDEN, desc = "the segment is kept for ever")
  @Outcome(expect = FORBIDDEN, desc = "a page of another moment, or freed memory")
  public static class Kept extends SegmentBurial {
    /** Room for some segments. */
    public Kept() {
      super(16);
    }

    /** Copies a page of the segment. */
    @Actor
    public void reader(II_Result result) {
      result.r1 = readPage();
    }

    /** Changes the page a last time and lets the segment go. */
    @Actor
    public void writer() {
      changeAndRelease();
    }

    /** What is kept once the reader is closed. */
    @Arbiter
    public void after(II_Result result) {
      result.r2 = memory.leftAfterClosing(reader);
    }
  }

  /** There is no room for the segment. */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "copied before the cut was given up")
  @Outcome(id = "-2, 0", expect = ACCEPTABLE, desc = "told that the cut was given up, and why")
  @Outcome(expect = FORBIDDEN, desc = "not told, a page of another moment, or freed memory")
  public static class NotKept extends SegmentBurial {
    /** Room for two pages. */
    public NotKept() {
      super(2);
    }

    /** Copies a page of the segment. */
    @Actor
    public void reader(II_Result result) {
      result.r1 = readPage();
    }

    /** Changes the page a last time and lets the segment go. */
    @Actor
    public void writer() {
      changeAndRelease();
    }

    /** What is kept once the reader is closed. */
    @Arbiter
    public void after(II_Result result) {
      result.r2 = memory.leftAfterClosing(reader);
    }
  }
}
