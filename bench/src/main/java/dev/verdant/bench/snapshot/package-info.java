/**
 * What snapshots cost the writer, and what a large ledger takes in memory: in process, at a fixed
 * rate in an open loop, with and without snapshots in alternating runs on the same ledger. Orders
 * are uniformly random, the worst for a cut: every page changes.
 *
 * <p>{@code verdant bench snapshot} and {@code verdant bench memory} run them. Every reply is
 * checked as it comes, the books at the end of every run; a wrong result voids the figure.
 */
package dev.verdant.bench.snapshot;
