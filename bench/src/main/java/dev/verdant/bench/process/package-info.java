/**
 * What a benchmark starts and makes beside itself, processes and directories, and how none of it
 * outlives a benchmark that is told to end: a process is begun by {@code AtExit}, a directory lies
 * in the run's {@code WorkDirectory}.
 *
 * <p>Knows nothing of what is measured.
 */
package dev.verdant.bench.process;
