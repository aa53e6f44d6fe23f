/**
 * Order histories: CSV to commands. Ids of the source become ids of the ledger without any table;
 * rows that cannot be used are counted by reason, never dropped silently.
 */
package dev.verdant.ops.history;
