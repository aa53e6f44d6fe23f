/**
 * What the ledger answers: one immutable record for each reply of the wire schema. A rejection is a
 * result like any other; only what leaves the outcome open is an exception.
 *
 * <p>Units: money and coupons in fen, points in 1/100 point (cp), coins in 1/100 coin (cc).
 */
package dev.verdant.client.result;
