package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.ground.Platform;
import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The operating system refuses the journal its file while clients wait, by a limit on the length of
 * files. Every client gets an answer or a closed connection, and the process ends with a word.
 * Where limits cannot be set, the server is killed instead.
 */
final class JournalError implements Injection {
  /** Too short for any file of the journal. */
  private static final long FILE_LENGTH = 1 << 20;

  private static final int WAITING = 400;

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    Kill.load(ground, random);
    ground.stop();
    ground.start();
    if (!Platform.limitFileLength(ground.server().pid(), FILE_LENGTH)) {
      return withoutLimits(ground);
    }
    ground.traffic().burst(1 + random.nextInt(WAITING));
    ground.traffic().driveWhile(ground.server()::isAlive);
    ground.traffic().awaitEnd();
    int status = ground.server().awaitEnd();
    List<String> lines = ground.server().lines();
    if (status != 1 || lines.stream().noneMatch(line -> line.contains("the engine failed"))) {
      throw new LieException("the server ended with status " + status + " and said " + lines);
    }
    ground.survey();
    String found = "nobody hung, exit 1; " + ground.found();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Finding("journal error while clients wait", found, recoveryNanos);
  }

  private static Finding withoutLimits(Ground ground) throws IOException {
    ground.traffic().burst(WAITING);
    ground.kill();
    String found = ground.found();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Finding("SIGKILL (no limits on files here)", found, recoveryNanos);
  }
}
