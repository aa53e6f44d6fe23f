/**
 * PostgreSQL as a peer of the benchmarks: a real server from a jar, with the settings of a careful
 * user, the order as one call or in batches. Draws its orders from the workload of the benchmarks.
 */
package dev.verdant.bench.peers.postgres;
