/**
 * What the benchmarks send: members, merchants and agents, and days of orders between them, all
 * from one seed. A day is drawn in advance into a table of 16 bytes an order, so that the measured
 * stretch only encodes it; what the books must show afterwards is known before it is sent.
 *
 * <p>The skewed profile is fitted to the purchase cards of Birmingham City Council (April 2014 to
 * January 2018, UK Open Government Licence): shares of merchants and members, amounts, refunds.
 */
package dev.verdant.bench.workload;
