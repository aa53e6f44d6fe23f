/**
 * The way of a command: ring, journal stage, ledger stage, reply stage. Stages are handlers of
 * batches; how many threads they run on is a choice of the wiring, and whoever brings requests may
 * carry them on himself. The journal is known only as an interface.
 */
package dev.verdant.pipeline;
