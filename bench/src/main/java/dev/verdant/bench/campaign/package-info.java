/**
 * The measurements themselves: which load is put on what, how often, against which limit, and the
 * rows that come of it. Progress goes to a listener, results come back as a {@link
 * dev.verdant.bench.report.Result}.
 */
package dev.verdant.bench.campaign;
