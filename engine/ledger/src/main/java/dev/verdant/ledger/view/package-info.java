/**
 * Values read from a {@link dev.verdant.ledger.LedgerSnapshot}: figures as of its sequence with all
 * releases caught up, that hold on to nothing. Money is in fen, points in 1/100 point, ids are
 * unsigned.
 */
package dev.verdant.ledger.view;
