package dev.verdant.ledger.model;

/**
 * What a command is answered.
 *
 * @param run of an accepted release; null otherwise.
 */
public record Outcome(ModelStatus status, Run run) {
  static Outcome of(ModelStatus status) {
    return new Outcome(status, null);
  }

  static Outcome released(boolean opened, int period, long value, long released, long backlog) {
    return new Outcome(ModelStatus.OK, new Run(opened, period, value, released, backlog));
  }

  /** What a pool's run did, rulebook section 6. */
  public record Run(boolean opened, int period, long value, long released, long backlog) {}
}
