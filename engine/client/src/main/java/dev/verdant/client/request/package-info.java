/**
 * What a client may ask for: one immutable record for each command and query of the wire schema. A
 * request knows how it is written and how its reply is read; it holds no connection and no thread.
 *
 * <p>Units: money and coupons in fen, points in 1/100 point (cp), coins in 1/100 coin (cc), rates
 * in basis points (bps), times in milliseconds since the epoch. Account ids are unsigned 64-bit
 * numbers other than 0. Values are not checked here: the ledger's answer is the one place for that.
 *
 * <p>{@code timeMillis} counts only on a server that takes its time from the commands; there a
 * command with {@link dev.verdant.client.request.Request#NO_TIME} is {@code MALFORMED}.
 */
package dev.verdant.client.request;
