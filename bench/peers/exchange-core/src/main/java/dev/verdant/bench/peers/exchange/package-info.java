/**
 * exchange-core as a peer of the benchmarks, in a process with the class path of its own time.
 * Knows nothing of Verdant.
 */
package dev.verdant.bench.peers.exchange;
