package dev.verdant.bench.report;

/**
 * What a part of a campaign took, preparation included.
 *
 * @param name of the part.
 * @param seconds from its start to its end.
 */
public record Part(String name, double seconds) {}
