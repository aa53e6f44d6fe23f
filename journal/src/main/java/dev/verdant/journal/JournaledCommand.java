package dev.verdant.journal;

import java.util.Map;

/**
 * One command of a journal, decoded.
 *
 * @param sequence of the command.
 * @param timeMillis engine time at which it was taken, in milliseconds since the epoch.
 * @param name of the message in the wire schema, as {@code Order}.
 * @param fields by their names in the schema and in its order; left out where not given. Numbers
 *     are {@link Long} or, beyond its range, {@link java.math.BigInteger}, enums their names, sets
 *     lists of names, groups lists of such maps.
 */
public record JournaledCommand(
    long sequence, long timeMillis, String name, Map<String, Object> fields) {}
