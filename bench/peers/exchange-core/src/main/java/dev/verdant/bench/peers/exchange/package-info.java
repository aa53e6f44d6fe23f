/**
 * exchange-core as a peer of the benchmarks, in a process with the class path of its own time.
 * Knows of Verdant who trades with whom ({@code dev.verdant.bench.workload}), and none of its
 * libraries.
 */
package dev.verdant.bench.peers.exchange;
