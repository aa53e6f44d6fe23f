package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
    boolean snapshot = random.nextBoolean();
    if (snapshot) {
      ground.stop();
      ground.startWith(List.of("--snapshot-on-stop"));
      ground.start();
    }
    Kill.load(ground, random);
    long refused = ground.commands().refused();
    long millis = TimeUnit.NANOSECONDS.toMillis(ground.stop());
    if (millis > limit.toMillis()) {
      throw new LieException("a stop by SIGTERM took " + millis + " ms, more than " + limit);
    }
    ground.commands().requireNothingUnanswered();
    ground.startWith(List.of());
    long recoveryNanos = ground.start();
    if (snapshot) {
      requireNothingReplayed(ground);
    }
    String found =
        "exit 0 after "
            + millis
            + " ms, "
            + (ground.commands().refused() - refused)
            + " declined, all taken answered"
            + (snapshot ? ", nothing replayed" : "");
    ground.goOn();
    String injected = "SIGTERM under load" + (snapshot ? ", snapshot on stop" : "");
    return new Finding(injected, found, recoveryNanos);
  }

  private static void requireNothingReplayed(Ground ground) {
    if (ground.server().lines().stream().noneMatch(line -> line.contains("replayed 0 commands"))) {
      throw new LieException("a start after a snapshot on stop says " + ground.server().lines());
    }
  }
}
