package dev.verdant.memory;

/** Tells a {@link HashIndex} whether the record in a slot has a key. */
public interface RecordKeys {
  /**
   * Compares a record's key.
   *
   * @param slot of the record.
   * @param low 64 bits of the key.
   * @param high 64 bits of the key, 0 for keys of 64 bits.
   * @return true if the record has that key.
   */
  boolean hasKey(int slot, long low, long high);
}
