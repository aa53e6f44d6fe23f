/**
 * Benchmarks: JMH measures of the pieces, from outside. No test asserts a time; the figures are
 * taken here. Run them with {@code ops/bin/verdant bench NAME}.
 */
package dev.verdant.bench;
