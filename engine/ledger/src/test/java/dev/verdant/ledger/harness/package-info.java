/**
 * Drives the real ledger through its messages, for all tests of this module: the model's commands
 * become wire messages, the replies become the model's outcomes and views, and every off-heap byte
 * of a ledger must be free again when it is closed.
 */
package dev.verdant.ledger.harness;
