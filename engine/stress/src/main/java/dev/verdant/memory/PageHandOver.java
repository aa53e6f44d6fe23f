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
 * The first change of a page in a cut against the reader's copy. The writer saves the page, raises
 * its epoch, then changes it; the reader looks at the epoch, copies the live page, looks again.
 *
 * <p>The hole if one look, or the order of the writer's steps, were missing: the reader begins to
 * copy while the page is still the cut's, the writer changes it under the copy, and the reader
 * keeps a page that never was.
 */
@JCStressTest
@State
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the page of the cut's moment, live or saved")
@Outcome(id = "2, 0", expect = FORBIDDEN, desc = "a later page: changed before its epoch rose")
@Outcome(id = "-1, 0", expect = FORBIDDEN, desc = "a mixture: the second look is missing")
@Outcome(id = "-3, 0", expect = FORBIDDEN, desc = "epoch raised before the saved page was there")
@Outcome(expect = FORBIDDEN, desc = "given up without need, or saved pages kept for ever")
public class PageHandOver {
  private final SmallMemory memory = new SmallMemory(8);
  private final CutReader reader = memory.openCut();
  private final Records records = memory.records(reader);

  /** One block in use before the race. */
  public PageHandOver() {
    memory.saveSparePage();
  }

  /** Saves and changes the page. */
  @Actor
  public void writer() {
    memory.change(SmallMemory.PAGE, 2);
  }

  /** Copies the page. */
  @Actor
  public void reader(II_Result result) {
    result.r1 = SmallMemory.read(records, SmallMemory.PAGE);
  }

  /** What is kept once the cut is closed. */
  @Arbiter
  public void after(II_Result result) {
    result.r2 = memory.leftAfterClosing(reader);
  }
}
