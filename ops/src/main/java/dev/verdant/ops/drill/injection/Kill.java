package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.ground.SegmentFile;
import dev.verdant.ops.drill.ground.StoredSnapshots;
import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** SIGKILL, at whatever the server is doing. */
final class Kill {
  private static final int MIN_COMMANDS = 100;
  private static final int MAX_COMMANDS = 1_500;
  private static final long MAX_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long MAX_RECOVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
  private static final int DEADLINE_SECONDS = 60;
  private static final int BATCH = 500;
  private static final int REPETITIONS = 3;

  /** Under load, with commands on their way. */
  static Injection.Finding underLoad(Ground ground, SplittableRandom random) throws IOException {
    load(ground, random);
    ground.killUnderLoad(random.nextLong(MAX_DELAY_NANOS));
    String found = ground.found();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Injection.Finding("SIGKILL under load", found, recoveryNanos);
  }

  /** Drives commands, and leaves some unanswered. */
  static void load(Ground ground, SplittableRandom random) {
    ground
        .traffic()
        .driveUntilAcknowledged(MIN_COMMANDS + random.nextInt(MAX_COMMANDS - MIN_COMMANDS));
  }

  /** Right after the answers to a batch that a query ended. */
  static Injection.Finding afterQueryEndsBatch(Ground ground, SplittableRandom random)
      throws IOException {
    ground.traffic().drive(random.nextInt(MIN_COMMANDS));
    ground.traffic().queryEndsBatch(BATCH);
    ground.kill();
    String found = ground.found();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Injection.Finding(
        "SIGKILL after " + BATCH + " commands and a query", found, recoveryNanos);
  }

  /** While it recovers, several times in a row. */
  static Injection.Finding duringRecovery(Ground ground, SplittableRandom random)
      throws IOException {
    load(ground, random);
    ground.killUnderLoad(random.nextLong(MAX_DELAY_NANOS));
    String found = ground.found();
    int amid = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      ground.launch().awaitOpening();
      LockSupport.parkNanos(random.nextLong(MAX_RECOVERY_NANOS));
      ground.killBeforeItServes();
      if (ground.server().lines().stream().noneMatch(line -> line.contains("recovered"))) {
        amid++;
      }
    }
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Injection.Finding(
        "SIGKILL in " + REPETITIONS + " recoveries (" + amid + " unfinished)",
        found,
        recoveryNanos);
  }

  /** Right after the first command that follows a recovery, several times in a row. */
  static Injection.Finding afterRecovery(Ground ground, SplittableRandom random)
      throws IOException {
    load(ground, random);
    ground.killUnderLoad(random.nextLong(MAX_DELAY_NANOS));
    String found = ground.found();
    long recoveryNanos = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      recoveryNanos = ground.start();
      ground.traffic().drive(1);
      ground.kill();
    }
    ground.start();
    ground.goOn();
    return new Injection.Finding(
        "SIGKILL after 1 command, " + REPETITIONS + " times", found, recoveryNanos);
  }

  /** While a snapshot is written. */
  static Injection.Finding inSnapshot(Ground ground, SplittableRandom random) throws IOException {
    driveUntil(ground, () -> StoredSnapshots.isOneUnfinished(ground.data()), "snapshot");
    ground.killUnderLoad(random.nextLong(MAX_DELAY_NANOS));
    boolean left = StoredSnapshots.isOneUnfinished(ground.data());
    String found = ground.found();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Injection.Finding(
        "SIGKILL in a snapshot" + (left ? ", left unfinished" : ""), found, recoveryNanos);
  }

  /** When the journal has just begun a new file. */
  static Injection.Finding atRoll(Ground ground, SplittableRandom random) throws IOException {
    load(ground, random);
    // Not their number: old files go as new ones come.
    Optional<Path> file = SegmentFile.newest(ground.data());
    driveUntil(ground, () -> !SegmentFile.newest(ground.data()).equals(file), "new file");
    ground.killUnderLoad(0);
    String found = ground.found();
    long recoveryNanos = ground.start();
    ground.goOn();
    return new Injection.Finding("SIGKILL as the journal rolls", found, recoveryNanos);
  }

  /** What is seen of the files of a running server. */
  @FunctionalInterface
  interface Sight {
    boolean isThere() throws IOException;
  }

  /** Drives commands until something is seen in the server's files. */
  static void driveUntil(Ground ground, Sight sight, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    ground.traffic().driveWhile(() -> !isThere(sight) && System.nanoTime() - deadline < 0);
    if (!isThere(sight)) {
      throw new LieException("no " + what + " within " + DEADLINE_SECONDS + " s");
    }
  }

  private static boolean isThere(Sight sight) {
    try {
      return sight.isThere();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Kill() {}
}
