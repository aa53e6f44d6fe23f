package dev.verdant.ops.drill.injection;

import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.ops.drill.ground.Fingerprint;
import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.ground.Refusal;
import dev.verdant.ops.drill.ground.StoredSnapshots;
import dev.verdant.ops.drill.injection.Damage.Wound;
import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Files damaged while no server runs. Where a command behind the newest snapshot is lost by it, the
 * check and the start must both name the first one lost, and change nothing. Elsewhere the start
 * may refuse too, or must go on with everything. Then the files are healed.
 */
final class DamagedFiles implements Injection {
  private final Damage damage;

  DamagedFiles(Damage damage) {
    this.damage = damage;
  }

  @Override
  public Finding inject(Ground ground, SplittableRandom random) throws IOException {
    Kill.load(ground, random);
    if (random.nextBoolean()) {
      // What nobody was promised may be lost unnoticed, a file that holds nothing else with it.
      ground.traffic().awaitAll();
      ground.kill();
    } else {
      ground.stop();
    }
    Wound wound = damage.inflict(ground.data(), ground.home(), random);
    boolean loses = wound.losesBehind(StoredSnapshots.newestSequence(ground.data()));
    Fingerprint before = Fingerprint.of(ground.data());
    if (loses) {
      requireFound(ground, wound);
    }
    Optional<Refusal> refusal = ground.startUnlessRefused();
    String found = passedOver(ground) ? "snapshot passed over, all kept" : "harmless, all kept";
    if (refusal.isPresent()) {
      before.requireUnchanged();
      if (loses) {
        requireNamed(wound, refusal.get().sequence(), "the start");
      }
      found = refusal.get() + "; healed";
      wound.heal();
      ground.start();
    } else if (loses) {
      throw new LieException("started in spite of " + wound.what() + " in " + wound.file());
    } else if (!wound.isMadeAnew()) {
      wound.heal();
    }
    ground.goOn();
    return new Finding(wound.what(), found, ground.recoveryNanos());
  }

  private static boolean passedOver(Ground ground) {
    return ground.server().lines().stream().anyMatch(line -> line.contains("passed over"));
  }

  private static void requireFound(Ground ground, Wound wound) throws IOException {
    VerificationReport report =
        JournalVerifier.verify(ground.data(), (sequence, buffer, offset, length) -> {});
    if (report.sound()) {
      throw new LieException("the check does not see " + wound.what() + " in " + wound.file());
    }
    requireNamed(wound, report.fault().orElseThrow().sequence(), "the check");
  }

  private static void requireNamed(Wound wound, long named, String who) {
    if (wound.sequence().getAsLong() != named) {
      throw new LieException(
          who
              + " names sequence "
              + named
              + " for "
              + wound.what()
              + " in "
              + wound.file()
              + ", which loses "
              + wound.sequence().getAsLong());
    }
  }
}
