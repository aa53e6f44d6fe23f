/** Tests of snapshots: against the digests, accounts and books of ledgers without any. */
package dev.verdant.ledger.snapshot;
