package dev.verdant.ops.drill.injection;

import dev.verdant.ops.drill.ground.Platform;
import java.time.Duration;

/** The injection of each kind that works on any ground. */
public final class Injections {
  private final Platform platform;
  private final Duration stopLimit;

  /**
   * @param platform what this machine permits.
   * @param stopLimit longest that a stop by a signal may take.
   */
  public Injections(Platform platform, Duration stopLimit) {
    this.platform = platform;
    this.stopLimit = stopLimit;
  }

  /**
   * The injection of a kind.
   *
   * @throws IllegalArgumentException for a kind that needs a ground of its own.
   */
  public Injection of(InjectionKind kind) {
    return switch (kind) {
      case KILL -> Kill::underLoad;
      case QUERY_ENDS_BATCH -> Kill::afterQueryEndsBatch;
      case KILL_IN_RECOVERY -> Kill::duringRecovery;
      case KILL_AFTER_RECOVERY -> Kill::afterRecovery;
      case KILL_IN_SNAPSHOT -> Kill::inSnapshot;
      case KILL_AT_ROLL -> Kill::atRoll;
      case SAME_PID -> new SamePid(platform);
      case STOP_SIGNAL -> new StopSignal(stopLimit);
      case JOURNAL_ERROR -> new JournalError();
      case TORN_TAIL -> new TornTail();
      case BIT_FLIP -> new DamagedFiles(JournalDamage::flipBit);
      case TRUNCATED_FILE -> new DamagedFiles(JournalDamage::truncate);
      case ZEROED_PAGE -> new DamagedFiles(JournalDamage::zeroPage);
      case MISSING_FILE -> new DamagedFiles(JournalDamage::remove);
      case DUPLICATED_FILE -> new DamagedFiles(JournalDamage::duplicate);
      case BIT_FLIP_WATERMARK -> new DamagedFiles(WatermarkDamage::flipBit);
      case MISSING_WATERMARK -> new DamagedFiles(WatermarkDamage::remove);
      case BIT_FLIP_SNAPSHOT -> new WithSnapshot(new DamagedFiles(SnapshotDamage::flipBit));
      case MISSING_SNAPSHOT_FILE -> new WithSnapshot(new DamagedFiles(SnapshotDamage::remove));
      case FULL_DISK, CLOCK_BACK ->
          throw new IllegalArgumentException(kind + " needs a ground of its own");
    };
  }
}
