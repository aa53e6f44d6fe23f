/**
 * The sub-commands of {@code verdant bench}, from their options to report and exit status: {@code
 * ReportingCommand} is what all of them share, {@code LoadCommand} what those under a trade do, and
 * {@code SizedCommand} what those on a ledger of a given size do.
 *
 * <p>Knows the benchmarks, which know no command line; measures nothing itself.
 */
package dev.verdant.ops.bench;
