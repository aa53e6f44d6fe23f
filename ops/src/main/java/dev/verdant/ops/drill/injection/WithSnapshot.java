package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.ground.StoredSnapshots;
import java.io.IOException;
import java.util.SplittableRandom;

/** An injection that needs a snapshot on disk: drives the server until it has written one. */
final class WithSnapshot implements Injection {
  private final Injection injection;

  WithSnapshot(Injection injection) {
    this.injection = injection;
  }

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    Kill.driveUntil(
        ground, () -> StoredSnapshots.newest(ground.data()).isPresent(), "finished snapshot");
    return injection.inject(ground, random);
  }
}
