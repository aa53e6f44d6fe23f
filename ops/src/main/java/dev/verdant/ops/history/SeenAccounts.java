package dev.verdant.ops.history;

import dev.verdant.memory.HashIndex;
import dev.verdant.memory.Memory;
import dev.verdant.memory.RecordKeys;
import dev.verdant.memory.SegmentLayout;
import dev.verdant.memory.Table;
import org.agrona.UnsafeApi;

/**
 * The accounts of an import so far, off heap: there may be as many as in the ledger itself.
 *
 * <pre>
 *   0     8             16
 *   +-----+-------------+
 *   | id  | fingerprint |
 *   +-----+-------------+
 * </pre>
 *
 * <p>One thread at a time.
 */
final class SeenAccounts implements RecordKeys, AutoCloseable {
  private static final int FINGERPRINT = Long.BYTES;
  private static final SegmentLayout LAYOUT = SegmentLayout.of(FINGERPRINT + Long.BYTES);

  private final Memory memory = new Memory();
  private final Table table = new Table(memory, LAYOUT);
  private final HashIndex index = new HashIndex(memory, this);

  /** Slots begin with 1. */
  private int count;

  /**
   * Adds an account if its id has not been seen.
   *
   * @return whether it was added.
   */
  boolean add(ExternalIds.Account account) {
    long hash = hash(account.id());
    if (index.find(hash, account.id(), 0) != 0) {
      return false;
    }
    int slot = ++count;
    table.ensure(slot, 0);
    long record = table.writable(slot, LAYOUT);
    UnsafeApi.putLong(record, account.id());
    UnsafeApi.putLong(record + FINGERPRINT, account.fingerprint());
    index.insert(hash, slot);
    return true;
  }

  /** Whether it is this account that has been seen with its id, and no other. */
  boolean has(ExternalIds.Account account) {
    int slot = index.find(hash(account.id()), account.id(), 0);
    return slot != 0
        && UnsafeApi.getLong(table.address(slot, LAYOUT) + FINGERPRINT) == account.fingerprint();
  }

  @Override
  public boolean hasKey(int slot, long low, long high) {
    return UnsafeApi.getLong(table.address(slot, LAYOUT)) == low;
  }

  @Override
  public void close() {
    memory.close();
  }

  private static long hash(long id) {
    return HashIndex.hash(id, 0);
  }
}
