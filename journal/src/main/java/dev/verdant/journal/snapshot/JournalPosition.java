package dev.verdant.journal.snapshot;

/**
 * The last batch of the journal that ends at or before a snapshot's last command: what shows that
 * the snapshot is of this journal and no other.
 *
 * @param batchSequence sequence of the batch's last command; 0 if the snapshot ends in the first
 *     batch of all.
 * @param batchChecksum of the batch; 0 if there is none.
 */
public record JournalPosition(long batchSequence, int batchChecksum) {}
