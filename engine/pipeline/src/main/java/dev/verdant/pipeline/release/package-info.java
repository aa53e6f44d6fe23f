/**
 * The daily release: a client of the engine like any other, which sends each pool's release once a
 * business day. Knows connections and a clock, no ledger.
 */
package dev.verdant.pipeline.release;
