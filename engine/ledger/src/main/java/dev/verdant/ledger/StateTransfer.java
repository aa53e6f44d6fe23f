package dev.verdant.ledger;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.HashIndex;
import dev.verdant.memory.Table;

/**
 * A whole state written from a cut and read back into an empty one: first what is small, as words,
 * then each table's records as they lie in memory, nothing encoded anew. So a state read back has
 * the same slots, the same index in the middle of the same growth, and goes on exactly as the
 * written one did.
 *
 * <p>Any change of a record, of the words, or of what fills them needs a new {@link #VERSION}.
 */
final class StateTransfer {
  /** Layout of all parts. */
  static final int VERSION = 8;

  private StateTransfer() {}

  /** Writes a state; the cut's pages are given up as they are written if nobody else reads it. */
  static void write(LedgerState.Image image, CutReader reader, StateSink sink) {
    final StateWords.Writer words = new StateWords.Writer();
    image.small().copy().exchange(words);
    image.quotas().describe(words);
    image.transactions().describe(words);
    image.lots().describe(words);
    image.accounts().describe(words);
    words.drain(sink);
    image.quotas().drain(reader, sink);
    image.lots().drain(reader, sink);
    image.accounts().drain(reader, sink);
    image.transactions().drainIndex(reader, sink);
    image.transactions().drainRecords(reader, sink);
  }

  /**
   * Reads a state into an empty one.
   *
   * @throws IllegalArgumentException if the parts do not fit each other.
   */
  static void read(LedgerState state, StateSource source) {
    final StateWords.Reader words = new StateWords.Reader(source);
    state.exchange(words);
    state.quotas.fill(words, source);
    final HashIndex.Shape transactionIndex = state.transactions.fill(words);
    state.lots.fill(words, source);
    state.accounts.fill(words, source);
    state.transactions.fillIndex(transactionIndex, source);
    state.transactions.fillRecords(source);
    words.requireEnd();
  }

  /** Tells or takes what an index is beside its entries. */
  static HashIndex.Shape shape(StateWords words, HashIndex.Shape shape) {
    return new HashIndex.Shape(
        words.word(shape.bits()),
        words.word(shape.oldBits()),
        words.word(shape.boundary()),
        words.word(shape.oldest()),
        words.word(shape.end()));
  }

  /** Reads the part of a table. */
  static void fill(
      Table table, int recordBytes, int firstSlot, long slots, StatePart part, StateSource source) {
    begin(part, slots * recordBytes, source);
    table.fill(firstSlot, slots, source);
  }

  /** Reads the part of an index. */
  static void fill(HashIndex index, HashIndex.Shape shape, StatePart part, StateSource source) {
    begin(part, shape.bytes(), source);
    index.fill(shape, source);
  }

  private static void begin(StatePart part, long expectedLength, StateSource source) {
    final long length = source.begin(part);
    if (length != expectedLength) {
      throw new IllegalArgumentException(
          "part " + part + " has " + length + " bytes, the state tells " + expectedLength);
    }
  }
}
