package dev.verdant.ledger.harness;

import java.util.OptionalInt;

/**
 * What the ledger says of its days.
 *
 * @param businessOffsetMinutes of the business day from UTC.
 * @param firstRememberedDay business day since the epoch, empty where nothing has been forgotten.
 * @param orderWindowDays for which ids are remembered.
 */
public record SequenceView(
    int businessOffsetMinutes, OptionalInt firstRememberedDay, int orderWindowDays) {}
