package dev.verdant.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A cut's only reader hands its pages on and lets go of each; the writer changes them behind it
 * without saving, ahead of it after saving.
 *
 * <p>The hole if a page counted as passed before its copy was whole: changed in place under the
 * copy, and the disk gets a page that never was.
 */
@JCStressTest
@State
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "both pages of the cut's moment")
@Outcome(id = "2, 1, 0", expect = FORBIDDEN, desc = "first page passed before it was copied")
@Outcome(id = "1, 2, 0", expect = FORBIDDEN, desc = "second page passed with the first")
@Outcome(id = "-1, 1, 0", expect = FORBIDDEN, desc = "first page passed while it was copied")
@Outcome(id = "1, -1, 0", expect = FORBIDDEN, desc = "second page passed while it was copied")
@Outcome(id = "1, -3, 0", expect = FORBIDDEN, desc = "second page passed, so not saved for it")
@Outcome(expect = FORBIDDEN, desc = "given up without need, or pages kept for ever")
public class DrainedPage {
  private final SmallMemory memory = new SmallMemory(8);
  private final CutReader reader = memory.openCut();

  /** One block in use before the race. */
  public DrainedPage() {
    memory.saveSparePage();
  }

  /** Changes both pages. */
  @Actor
  public void writer() {
    memory.change(SmallMemory.PAGE, 2);
    memory.change(SmallMemory.OTHER_PAGE, 2);
  }

  /** Hands both pages on. */
  @Actor
  public void reader(III_Result result) {
    final int[] moments = memory.drain(reader, 2);
    result.r1 = moments[SmallMemory.PAGE];
    result.r2 = moments[SmallMemory.OTHER_PAGE];
  }

  /** What is kept once the cut is closed. */
  @Arbiter
  public void after(III_Result result) {
    result.r3 = memory.leftAfterClosing(reader);
  }
}
