/**
 * JMH benchmarks of the pieces: ledger by kind of command, lots, index, catching up, release,
 * codec, journal, ring and snapshot, each in a JVM of its own, with what it allocates.
 */
package dev.verdant.bench.piece;
