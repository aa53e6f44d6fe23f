/**
 * The hand-overs of the consistent cut as races, run by jcstress: each class is one, told at its
 * top, with what may come out and what may not. In the package of what it tests, since nothing of
 * it is public.
 *
 * <p>The assumptions and guarantees stand at {@code CutSpace}. A moment of each race is part of the
 * build and fails it at a forbidden outcome; {@code mvn -B verify -pl engine/stress -am -Pstress}
 * runs every race in every kind of JVM and of compilation, for a quarter of an hour. The report is
 * in {@code engine/stress/target/stress-report/index.html}.
 */
package dev.verdant.memory;
