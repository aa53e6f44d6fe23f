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
 * A page that was saved for several cuts, newest first in a chain, and the reader of the oldest who
 * walks along it while the writer changes it.
 *
 * <p>What the three have in common: the page is of moment 1 for the reader's cut, and has been
 * saved for it before the race.
 */
public abstract class SavedChain {
  final SmallMemory memory = new SmallMemory(16);
  final CutReader oldest = memory.openCut();
  final Records records = memory.records(oldest);
  final CutReader middle;

  /** The page of moment 1 is saved, that of moment 2 is live for the second cut. */
  SavedChain() {
    memory.saveSparePage();
    memory.change(SmallMemory.PAGE, 2);
    middle = memory.openCut();
  }

  int readOldest() {
    return SmallMemory.read(records, SmallMemory.PAGE);
  }

  /**
   * A newer version is put at the head of the chain: it must be whole, and lead on to the older
   * ones, before it can be seen.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the oldest cut's version")
  @Outcome(id = "2, 0", expect = FORBIDDEN, desc = "the version of a newer cut")
  @Outcome(id = "-3, 0", expect = FORBIDDEN, desc = "the new head seen before its link")
  @Outcome(expect = FORBIDDEN, desc = "a mixture, given up, or pages kept for ever")
  public static class Push extends SavedChain {
    /** Saves the page for the second cut. */
    @Actor
    public void writer() {
      memory.change(SmallMemory.PAGE, 3);
    }

    /** Walks the chain to the end. */
    @Actor
    public void reader(II_Result result) {
      result.r1 = readOldest();
    }

    /** What is kept once both cuts are closed. */
    @Arbiter
    public void after(II_Result result) {
      middle.close();
      result.r2 = memory.leftAfterClosing(oldest);
    }
  }

  /**
   * The second cut is closed, its version the head of the chain. The writer takes it out and needs
   * blocks for other pages at once: it may have this one only when no reader stands on it.
   */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the oldest cut's version")
  @Outcome(id = "-3, 0", expect = FORBIDDEN, desc = "chain led astray: block used again too early")
  @Outcome(expect = FORBIDDEN, desc = "another page or version, or pages kept for ever")
  public static class UnlinkHead extends SavedChain {
    /** The second cut closes. */
    public UnlinkHead() {
      memory.change(SmallMemory.PAGE, 3);
      middle.close();
    }

    /** Unlinks the block, and would use it again. */
    @Actor
    public void writer() {
      memory.memory().reclaim();
      memory.change(SmallMemory.OTHER_PAGE, 7);
      memory.change(SmallMemory.THIRD_PAGE, 7);
    }

    /** Walks the chain to the end. */
    @Actor
    public void reader(II_Result result) {
      result.r1 = readOldest();
    }

    /** What is kept once the oldest cut is closed as well. */
    @Arbiter
    public void after(II_Result result) {
      result.r2 = memory.leftAfterClosing(oldest);
    }
  }

  /** As {@link UnlinkHead}, but a third cut's version comes before the one that is taken out. */
  @JCStressTest
  @State
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the oldest cut's version")
  @Outcome(id = "-3, 0", expect = FORBIDDEN, desc = "chain led astray: block used again too early")
  @Outcome(expect = FORBIDDEN, desc = "another page or version, or pages kept for ever")
  public static class UnlinkMiddle extends SavedChain {
    private final CutReader newest;

    /** The second of three cuts closes. */
    public UnlinkMiddle() {
      memory.change(SmallMemory.PAGE, 3);
      newest = memory.openCut();
      memory.change(SmallMemory.PAGE, 4);
      middle.close();
    }

    /** Unlinks the block, and would use it again. */
    @Actor
    public void writer() {
      memory.memory().reclaim();
      memory.change(SmallMemory.OTHER_PAGE, 7);
      memory.change(SmallMemory.THIRD_PAGE, 7);
    }

    /** Walks the chain to the end. */
    @Actor
    public void reader(II_Result result) {
      result.r1 = readOldest();
    }

    /** What is kept once all cuts are closed. */
    @Arbiter
    public void after(II_Result result) {
      newest.close();
      result.r2 = memory.leftAfterClosing(oldest);
    }
  }
}
