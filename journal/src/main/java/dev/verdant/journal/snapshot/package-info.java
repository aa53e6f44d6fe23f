/**
 * Snapshots on disk: the whole state of a ledger as of one sequence, as a start loads it.
 *
 * <pre>
 *   DIR/snapshots/00000000000000150000/          named by its sequence, 20 digits
 *       manifest                                 what it is, and the checksums of all the others
 *       ledger-id                                which ledger it is of
 *       state  accounts  account-index  lots  quotas  transactions  transaction-index
 *   DIR/snapshots/00000000000000300000.unfinished/   being written, or left by a killed attempt
 *   DIR/snapshots/00000000000000450000.passed-over/  set aside by a start until the next is taken
 * </pre>
 *
 * <p>A part is what {@link dev.verdant.ledger.StatePart} says: records as they lie in memory, in
 * the order of their slots, nothing encoded anew; so writing and loading run at the speed of the
 * disk. A part is checked by the chunk of 1 MiB, and its checksums stand in the manifest, apart
 * from it: a part that was lost, swapped or rolled back as a whole does not carry its own excuse.
 *
 * <p>A snapshot is written under a name that does not count, every file forced, the directory
 * forced, renamed, the parent forced: it is there whole or not at all. What a killed attempt leaves
 * is deleted by the next attempt or start.
 *
 * <p>Knows the ledger and files; not the journal, which decides what a snapshot is good for.
 */
package dev.verdant.journal.snapshot;
