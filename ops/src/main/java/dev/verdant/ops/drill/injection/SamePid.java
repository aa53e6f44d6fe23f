package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.ground.Platform;
import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The server comes back under the pid of the one that was killed, as in a container. Where this
 * machine permits no pid namespaces, a lock is left that names a living process instead.
 */
final class SamePid implements Injection {
  private final Platform platform;

  SamePid(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    return platform.pidNamespaces() ? again(ground, random) : stale(ground, random);
  }

  private static Finding again(Ground ground, SplittableRandom random) throws IOException {
    ground.traffic().drive(1);
    ground.kill();
    ground.startThrough(Platform.AS_PID_ONE);
    ground.start();
    Kill.load(ground, random);
    requireOwner(ground);
    ground.kill();
    String found = ground.found();
    long recoveryNanos = ground.start();
    requireOwner(ground);
    ground.startThrough(List.of());
    ground.goOn();
    return new Finding("SIGKILL of process 1, again process 1", found, recoveryNanos);
  }

  private static void requireOwner(Ground ground) throws IOException {
    String owner = Files.readString(lock(ground));
    if (!owner.equals("1")) {
      throw new LieException("the lock of process 1 names process " + owner);
    }
  }

  private static Finding stale(Ground ground, SplittableRandom random) throws IOException {
    Kill.load(ground, random);
    ground.kill();
    Files.writeString(lock(ground), Long.toString(ProcessHandle.current().pid()));
    String found = ground.found();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Finding("SIGKILL, stale lock (no pid namespaces here)", found, recoveryNanos);
  }

  private static Path lock(Ground ground) {
    return ground.data().resolve("lock");
  }
}
