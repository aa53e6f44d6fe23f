/**
 * The ledger: the rules of the rulebook and the off-heap state they act on. A pure function of
 * state and command: no I/O, no clock, no thread, no randomness, no allocation per command.
 */
package dev.verdant.ledger;
