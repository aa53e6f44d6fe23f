/**
 * {@code verify} and {@code inspect}: what the journal's offline check finds in a data directory,
 * as lines for people and as JSON. Neither opens a ledger for commands, and neither changes
 * anything.
 */
package dev.verdant.ops.verify;
