package dev.verdant.memory;

/**
 * Where records are read: the live {@link Table}, or the same table as of a {@link Cut}. Code over
 * this class gives the same answers over both.
 */
public abstract class Records {
  /** Pages of one table that a reader of a cut has in reach at a time. */
  public static final int PAGES_IN_REACH = 8;

  /** Two kinds only, so that a call site knows at most two targets. */
  Records() {}

  /**
   * Address of a record for reading; nothing may be written there.
   *
   * @param slot of the record; its segment must be there.
   * @return an address that is good for as long as the kind of records promises: in a table until
   *     the record's segment is released, in a cut until {@link #PAGES_IN_REACH} other pages of the
   *     table have been read.
   */
  public abstract long address(int slot);

  /**
   * The same, for whoever has the layout as a constant, so that compilers know it.
   *
   * @param layout of these records and no other; looked at where assertions are on.
   */
  public abstract long address(int slot, SegmentLayout layout);
}
