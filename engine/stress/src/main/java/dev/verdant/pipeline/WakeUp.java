package dev.verdant.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Work is brought at the moment that its thread goes to sleep. The bringer publishes with no more
 * than a release and rings; the sleeper says that it will sleep, looks once more, parks.
 *
 * <p>The hole if one of the doorbell's fences were missing: each looks before the other can see its
 * word, and the sleeper sleeps on beside its work. The test would not end then, which counts as a
 * failure.
 */
@JCStressTest
@State
@Outcome(id = "1", expect = ACCEPTABLE, desc = "awake, and the work is there")
@Outcome(expect = FORBIDDEN, desc = "awake without work")
public class WakeUp {
  /** All but the turn that announces the sleep. */
  private static final int TURNS_AWAKE = Doorbell.YIELDS;

  private final AtomicBoolean work = new AtomicBoolean();
  private final Doorbell doorbell = new Doorbell(IdleMode.BACKOFF);

  /** The next idle turn is the one before the sleep. */
  public WakeUp() {
    for (int turn = 0; turn < TURNS_AWAKE; turn++) {
      doorbell.idle();
    }
  }

  /** Brings the work. */
  @Actor
  public void bringer() {
    work.setRelease(true);
    doorbell.ring();
  }

  /** Sleeps until there is work. */
  @Actor
  public void sleeper(I_Result result) {
    while (!work.getAcquire()) {
      doorbell.idle();
    }
    result.r1 = work.getAcquire() ? 1 : 0;
  }
}
