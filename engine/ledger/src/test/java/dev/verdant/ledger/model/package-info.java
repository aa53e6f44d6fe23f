/**
 * The rulebook as a plain walking model: at every release every account is walked, every amount is
 * a {@link java.math.BigInteger}, every rule is written once and as the rulebook says it. Clarity
 * over speed. It is what the ledger is compared with, so it shares no code with the ledger and must
 * never learn from it: where the two differ, the rulebook's words decide.
 */
package dev.verdant.ledger.model;
