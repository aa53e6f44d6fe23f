package dev.verdant.ops.drill.injection;

/** The kinds of rounds. The first ten are those that a short drill has. */
public enum InjectionKind {
  KILL("kill", 5),
  TORN_TAIL("torn-tail", 2),
  BIT_FLIP("bit-flip", 3),
  MISSING_FILE("missing-file", 1),
  STOP_SIGNAL("stop-signal", 2),
  FULL_DISK("full-disk", 1),
  QUERY_ENDS_BATCH("query-ends-batch", 2),
  KILL_AFTER_RECOVERY("kill-after-recovery", 2),
  JOURNAL_ERROR("journal-error", 1),
  CLOCK_BACK("clock-back", 1),
  KILL_IN_RECOVERY("kill-in-recovery", 2),
  KILL_IN_SNAPSHOT("kill-in-snapshot", 2),
  KILL_AT_ROLL("kill-at-roll", 2),
  SAME_PID("same-pid", 1),
  BIT_FLIP_WATERMARK("bit-flip-watermark", 1),
  MISSING_WATERMARK("missing-watermark", 1),
  TRUNCATED_FILE("truncated-file", 1),
  ZEROED_PAGE("zeroed-page", 1),
  DUPLICATED_FILE("duplicated-file", 1),
  BIT_FLIP_SNAPSHOT("bit-flip-snapshot", 2),
  MISSING_SNAPSHOT_FILE("missing-snapshot-file", 1);

  private final String label;
  private final int weight;

  InjectionKind(String label, int weight) {
    this.label = label;
    this.weight = weight;
  }

  /** Its name for people. */
  public String label() {
    return label;
  }

  /** Rounds of it in a pass through all kinds. */
  public int weight() {
    return weight;
  }

  @Override
  public String toString() {
    return label;
  }
}
