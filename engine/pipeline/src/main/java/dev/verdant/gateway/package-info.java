/**
 * The way in from the network: one thread, many connections, the frames of {@code
 * dev.verdant.protocol.Frame}. Knows the pipeline by its engine's ring and reply rings, and the
 * ledger and the journal not at all, except to hand them to an engine.
 */
package dev.verdant.gateway;
