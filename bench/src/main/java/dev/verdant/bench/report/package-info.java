/**
 * What a benchmark says of its runs: rows with medians, limits and bars, as a table, as JSON, and
 * as one HTML page with plots that needs no network. Knows no ledger.
 */
package dev.verdant.bench.report;
