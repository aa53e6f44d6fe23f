package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.server.OffsetClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The clock steps back, once while the server runs and once more before it starts again. */
public final class ClockBack implements Injection {
  private static final int COMMANDS = 300;
  private static final int MAX_DAYS = 40;

  /** The server's clock and its offset file. */
  private final OffsetClock clock;

  /**
   * @param clock of the server.
   */
  public ClockBack(OffsetClock clock) {
    this.clock = clock;
  }

  /** What a server is to be started with. */
  public static List<String> serveOptions(Path offsetFile) {
    return List.of("--clock-offset-file", offsetFile.toString());
  }

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    ground.traffic().drive(COMMANDS);
    clock.setOffsetMillis(-TimeUnit.MINUTES.toMillis(1 + random.nextInt(600)));
    Kill.load(ground, random);
    ground.kill();
    String found = ground.found();
    int days = 1 + random.nextInt(MAX_DAYS);
    clock.setOffsetMillis(-TimeUnit.DAYS.toMillis(days));
    long recoveryNanos = ground.start();
    ground.goOn();
    ground.stop();
    ground.start();
    return new Finding(
        "clock back, then " + days + " days back and SIGKILL",
        "time never went back; " + found,
        recoveryNanos);
  }
}
