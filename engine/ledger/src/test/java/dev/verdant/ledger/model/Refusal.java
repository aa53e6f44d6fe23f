package dev.verdant.ledger.model;

/** Ends a command that is refused; nothing of it stays. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  final ModelStatus status;

  private Refusal(ModelStatus status) {
    super(status.name(), null, false, false);
    this.status = status;
  }

  static void unless(boolean condition, ModelStatus status) {
    if (!condition) {
      throw new Refusal(status);
    }
  }
}
