package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.FillableDisk;
import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The disk fills up under load: first below the reserve, half of the times to the last byte. The
 * server declines commands, goes on answering queries, and takes commands again when there is room,
 * without a restart.
 */
public final class FullDisk implements Injection {
  private static final int STEP = 50;
  private static final long DEADLINE_SECONDS = 120;

  private final FillableDisk disk;

  /**
   * @param disk on which the ground is.
   */
  public FullDisk(FillableDisk disk) {
    this.disk = disk;
  }

  /** What a server is to be started with. */
  public static List<String> serveOptions(FillableDisk disk) {
    return List.of("--disk-reserve-mib", Integer.toString(disk.reserveMib()));
  }

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    Kill.load(ground, random);
    boolean toTheLastByte = disk.isSmall() && random.nextBoolean();
    if (toTheLastByte) {
      disk.fill();
    } else {
      disk.fillBelowReserve();
    }
    long refused = ground.commands().refused();
    driveUntil(ground, () -> ground.commands().refused() > refused, "is declined");
    long acknowledged = ground.commands().acknowledged();
    ground.traffic().drive(STEP);
    if (ground.commands().acknowledged() != acknowledged) {
      throw new LieException("a command was taken below the reserve of the disk");
    }
    ground.compareAfterFollowing();
    disk.free();
    driveUntil(ground, () -> ground.commands().acknowledged() > acknowledged, "is taken");
    ground.goOn();
    long declined = ground.commands().refused() - refused;
    ground.kill();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Finding(
        toTheLastByte
            ? "disk full to the last byte"
            : "disk below its reserve" + (disk.isSmall() ? "" : " (no mounts here)"),
        declined + " declined, nothing lost, took more without a restart",
        recoveryNanos);
  }

  private static void driveUntil(Ground ground, BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new LieException("no command " + what + " within " + DEADLINE_SECONDS + " s");
      }
      ground.traffic().drive(STEP);
    }
  }
}
