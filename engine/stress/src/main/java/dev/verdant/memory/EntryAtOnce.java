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
 * A page of an index gets a new entry in a place that no cut knows, past the gate; then it is
 * changed through the gate. The cut's reader sees what was there or the new entry, which both say
 * nothing to it, and all else as of the cut.
 *
 * <p>The hole if the entry came half by half: a slot that the cut knows beside a foreign half of a
 * hash.
 */
@JCStressTest
@State
@Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "before the entry came")
@Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "after it came, saved with it or live")
@Outcome(id = "-1, 1, 0", expect = FORBIDDEN, desc = "half an entry")
@Outcome(id = "2, 2, 0", expect = FORBIDDEN, desc = "the change through the gate seen as well")
@Outcome(id = "0, 2, 0", expect = FORBIDDEN, desc = "only the change through the gate seen")
@Outcome(expect = FORBIDDEN, desc = "a mixture, given up, or pages kept for ever")
public class EntryAtOnce {
  private final SmallMemory memory = new SmallMemory(8);
  private final CutReader reader;
  private final Records records;

  /** The place of the entry is empty; one block in use before the race. */
  public EntryAtOnce() {
    memory.clearEntry(SmallMemory.OTHER_PAGE);
    reader = memory.openCut();
    memory.saveSparePage();
    records = memory.records(reader);
  }

  /** Puts the entry, and changes another record of its page. */
  @Actor
  public void writer() {
    memory.putEntry(SmallMemory.OTHER_PAGE, 2);
    memory.changeLast(SmallMemory.OTHER_PAGE, 2);
  }

  /** Reads the entry and the other record from one copy. */
  @Actor
  public void reader(III_Result result) {
    result.r1 = SmallMemory.readEntry(records, SmallMemory.OTHER_PAGE);
    result.r2 = SmallMemory.readLast(records, SmallMemory.OTHER_PAGE);
  }

  /** What is kept once the cut is closed. */
  @Arbiter
  public void after(III_Result result) {
    result.r3 = memory.leftAfterClosing(reader);
  }
}
