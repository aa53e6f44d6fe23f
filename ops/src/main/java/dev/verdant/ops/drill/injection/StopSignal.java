package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** SIGTERM under load: all that was taken is answered, and the process ends in time. */
final class StopSignal implements Injection {
  private final Duration limit;

  /**
   * @param limit longest that the stop may take.
   */
  StopSignal(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    Kill.load(ground, random);
    long refused = ground.commands().refused();
    long millis = TimeUnit.NANOSECONDS.toMillis(ground.stop());
    if (millis > limit.toMillis()) {
      throw new LieException("a stop by SIGTERM took " + millis + " ms, more than " + limit);
    }
    ground.commands().requireNothingUnanswered();
    String found =
        "exit 0 after "
            + millis
            + " ms, "
            + (ground.commands().refused() - refused)
            + " declined, all taken answered";
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Finding("SIGTERM under load", found, recoveryNanos);
  }
}
