/**
 * Drills of crash and recovery: a seeded plan of faults, let happen to real server processes under
 * load, each followed by an independent check.
 *
 * <pre>
 *   drill            plan, rounds, report
 *   drill.injection  the kinds of faults
 *   drill.ground     data directory, server process, files, what the machine permits
 *   drill.traffic    commands and queries, the record of them, the ledger that never crashed
 * </pre>
 *
 * Each knows only those below it.
 */
package dev.verdant.ops.drill;
