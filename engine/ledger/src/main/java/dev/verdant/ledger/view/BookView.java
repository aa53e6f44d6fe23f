package dev.verdant.ledger.view;

import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;

/**
 * One account of the trial balance.
 *
 * @param asset that it counts.
 * @param account of the books.
 * @param amount with the sign of rulebook section 10; fen, 1/100 points or coins.
 */
public record BookView(Asset asset, BookAccount account, long amount) {}
