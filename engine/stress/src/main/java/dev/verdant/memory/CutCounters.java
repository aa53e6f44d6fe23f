package dev.verdant.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Who reads a cut, counted by several threads: a cut is open exactly as long as somebody reads it,
 * and closed once.
 */
public abstract class CutCounters {
  final SmallMemory memory = new SmallMemory(2);
  final CutReader reader = memory.openCut();

  /** One block in use before the race. */
  CutCounters() {
    memory.saveSparePage();
  }

  /** The last reader closes while another thread asks for a further one. */
  @JCStressTest
  @State
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "a further reader in time: still open")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "closed first: refused")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "a reader of a closed cut")
  @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "refused, yet the cut stays open for ever")
  @Outcome(expect = FORBIDDEN, desc = "readers or pages left over")
  public static class ForkOrClose extends CutCounters {
    private CutReader fork;

    /** The last reader goes. */
    @Actor
    public void close() {
      reader.close();
    }

    /** Another comes. */
    @Actor
    public void fork(II_Result result) {
      try {
        fork = reader.cut().newReader();
        result.r1 = 1;
      } catch (IllegalStateException e) {
        result.r1 = 0;
      }
    }

    /** Number of open cuts. */
    @Arbiter
    public void after(II_Result result) {
      memory.memory().reclaim();
      result.r2 = memory.memory().openCuts();
      if (memory.leftAfterClosing(fork) != 0) {
        result.r2 = SmallMemory.LOST;
      }
    }
  }

  /** Both readers of a cut close: one of them is the last, and the registry knows neither. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "closed by the last of them")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "each left it to the other: open for ever")
  @Outcome(expect = FORBIDDEN, desc = "readers or pages left over")
  public static class CloseBoth extends CutCounters {
    private final CutReader other = reader.cut().newReader();

    /** One goes. */
    @Actor
    public void close() {
      reader.close();
    }

    /** The other goes. */
    @Actor
    public void closeOther() {
      other.close();
    }

    /** Number of open cuts, and what is left. */
    @Arbiter
    public void after(II_Result result) {
      memory.memory().reclaim();
      result.r1 = memory.memory().openCuts();
      result.r2 = memory.leftAfterClosing(null);
    }
  }

  /** The last reader closes while the writer gives the cut up: its pages come back once. */
  @JCStressTest
  @State
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "everything has come back")
  @Outcome(expect = FORBIDDEN, desc = "readers or pages left over, or given back twice")
  public static class CloseOrGiveUp extends CutCounters {
    /** The last reader goes. */
    @Actor
    public void close() {
      reader.close();
    }

    /** The pages of the cut pass the limit. */
    @Actor
    public void writer() {
      memory.change(SmallMemory.PAGE, 2);
      memory.change(SmallMemory.OTHER_PAGE, 2);
    }

    /** What is left. */
    @Arbiter
    public void after(I_Result result) {
      result.r1 = memory.leftAfterClosing(null);
    }
  }

  /** The last reader closes while the writer looks for closed cuts: it finds it now or later. */
  @JCStressTest
  @State
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "everything has come back")
  @Outcome(expect = FORBIDDEN, desc = "a closing that the writer overlooked for ever")
  public static class CloseOrReclaim extends CutCounters {
    /** The last reader goes. */
    @Actor
    public void close() {
      reader.close();
    }

    /** Looks for closed cuts. */
    @Actor
    public void writer() {
      memory.memory().reclaim();
    }

    /** What is left. */
    @Arbiter
    public void after(I_Result result) {
      result.r1 = memory.leftAfterClosing(null);
    }
  }

  /** Two threads take further readers: the registry knows both, else the writer frees under one. */
  @JCStressTest
  @State
  @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "all three known, and all gone in the end")
  @Outcome(id = "2, 0", expect = FORBIDDEN, desc = "a reader that the writer does not know")
  @Outcome(expect = FORBIDDEN, desc = "readers or pages left over")
  public static class ForkBoth extends CutCounters {
    private CutReader fork;
    private CutReader other;

    /** One comes. */
    @Actor
    public void fork() {
      fork = reader.cut().newReader();
    }

    /** Another comes. */
    @Actor
    public void forkOther() {
      other = reader.cut().newReader();
    }

    /** Number of readers, and what is left. */
    @Arbiter
    public void after(II_Result result) {
      result.r1 = memory.memory().openReaders();
      fork.close();
      other.close();
      result.r2 = memory.leftAfterClosing(reader);
    }
  }
}
