/**
 * What a directory's files hold, told by our own checksum, chain and sequence alone, and what is to
 * be done with it: {@link dev.verdant.journal.scan.RecoveryDecision} is the table. Changes nothing.
 */
package dev.verdant.journal.scan;
