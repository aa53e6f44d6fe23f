/**
 * What bounds a figure, measured beside it: the bare memory traffic of an order, a bare echo over
 * the same transport, a bare append to the journal, the machine's own jitter. No ledger.
 */
package dev.verdant.bench.limit;
