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
 * Two pages that change one after the other and are read the other way round: a cut is of one
 * moment over all its pages, whatever the writer has got done between two copies.
 *
 * <p>The hole if a page's epoch could be seen later than its change: the second page of the cut's
 * moment, the first of a later one, a payment that was sent and never arrived.
 */
@JCStressTest
@State
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "both pages of the cut's moment")
@Outcome(id = "1, 2, 0", expect = FORBIDDEN, desc = "first page later than the second")
@Outcome(id = "2, 1, 0", expect = FORBIDDEN, desc = "second page later than the first")
@Outcome(expect = FORBIDDEN, desc = "a later moment, a mixture, or pages kept for ever")
public class CutAcrossPages {
  private final SmallMemory memory = new SmallMemory(8);
  private final CutReader reader = memory.openCut();
  private final Records records = memory.records(reader);

  /** One block in use before the race. */
  public CutAcrossPages() {
    memory.saveSparePage();
  }

  /** Changes both pages. */
  @Actor
  public void writer() {
    memory.change(SmallMemory.PAGE, 2);
    memory.change(SmallMemory.OTHER_PAGE, 2);
  }

  /** Copies both pages. */
  @Actor
  public void reader(III_Result result) {
    result.r1 = SmallMemory.read(records, SmallMemory.OTHER_PAGE);
    result.r2 = SmallMemory.read(records, SmallMemory.PAGE);
  }

  /** What is kept once the cut is closed. */
  @Arbiter
  public void after(III_Result result) {
    result.r3 = memory.leftAfterClosing(reader);
  }
}
