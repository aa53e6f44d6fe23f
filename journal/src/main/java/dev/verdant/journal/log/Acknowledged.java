package dev.verdant.journal.log;

/**
 * What the watermark says.
 *
 * @param state whether it says anything.
 * @param sequence last sequence acknowledged, where known.
 * @param batchChecksum of the batch that ends there, where known.
 */
public record Acknowledged(State state, long sequence, int batchChecksum) {
  /** Whether it says anything. */
  public enum State {
    /** There is no file. */
    ABSENT,
    /** No record in it is right. */
    UNREADABLE,
    /** It says up to where. */
    KNOWN
  }

  /** There is no file. */
  public static final Acknowledged ABSENT = new Acknowledged(State.ABSENT, 0, 0);

  /** No record in it is right. */
  public static final Acknowledged UNREADABLE = new Acknowledged(State.UNREADABLE, 0, 0);

  /** Everything up to a sequence, with which a batch of this checksum ends. */
  public static Acknowledged at(long sequence, int batchChecksum) {
    return new Acknowledged(State.KNOWN, sequence, batchChecksum);
  }

  /** Whether it says up to where. */
  public boolean known() {
    return state == State.KNOWN;
  }
}
