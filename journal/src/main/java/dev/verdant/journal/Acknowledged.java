package dev.verdant.journal;

/**
 * What the watermark says.
 *
 * @param state whether it says anything.
 * @param sequence last sequence acknowledged, where known.
 * @param batchChecksum of the batch that ends there, where known.
 */
record Acknowledged(State state, long sequence, int batchChecksum) {
  enum State {
    ABSENT,
    UNREADABLE,
    KNOWN
  }

  static final Acknowledged ABSENT = new Acknowledged(State.ABSENT, 0, 0);
  static final Acknowledged UNREADABLE = new Acknowledged(State.UNREADABLE, 0, 0);

  static Acknowledged at(long sequence, int batchChecksum) {
    return new Acknowledged(State.KNOWN, sequence, batchChecksum);
  }

  boolean known() {
    return state == State.KNOWN;
  }
}
