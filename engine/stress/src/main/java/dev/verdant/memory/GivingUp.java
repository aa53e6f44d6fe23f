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
 * The room for saved pages is used up: the writer gives the cut up and changes the page in place,
 * without a word to its epoch. Only the reader's last look can tell it.
 *
 * <p>The hole if that look came before the copy's end, or the change before the word: the reader
 * keeps a page of no moment at all and takes it for the cut's.
 */
@JCStressTest
@State
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "copied before the cut was given up")
@Outcome(id = "-2, 0", expect = ACCEPTABLE, desc = "told that the cut was given up, and why")
@Outcome(id = "2, 0", expect = FORBIDDEN, desc = "a later page: not told")
@Outcome(id = "-1, 0", expect = FORBIDDEN, desc = "a mixture: not told")
@Outcome(id = "-4, 0", expect = FORBIDDEN, desc = "told, but the reason was not there yet")
@Outcome(expect = FORBIDDEN, desc = "lost, or pages kept for ever")
public class GivingUp {
  private final SmallMemory memory = new SmallMemory(1);
  private final CutReader reader = memory.openCut();
  private final Records records = memory.records(reader);

  /** The only block is in use before the race. */
  public GivingUp() {
    memory.saveSparePage();
  }

  /** Gives the cut up and changes the page. */
  @Actor
  public void writer() {
    memory.change(SmallMemory.PAGE, 2);
  }

  /** Copies the page. */
  @Actor
  public void reader(II_Result result) {
    result.r1 = SmallMemory.read(records, SmallMemory.PAGE);
  }

  /** What is kept once the reader is closed. */
  @Arbiter
  public void after(II_Result result) {
    result.r2 = memory.leftAfterClosing(reader);
  }
}
