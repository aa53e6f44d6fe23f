/**
 * The way back: from the newest snapshot of use and the commands behind it to a ledger, at a start
 * or into another directory. Reads ahead on one thread, and applies on another.
 *
 * <p>Knows the scan and the snapshots; not who wants the ledger.
 */
package dev.verdant.journal.recovery;
