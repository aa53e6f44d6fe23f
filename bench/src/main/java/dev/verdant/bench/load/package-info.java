/**
 * Puts a ledger under load and measures it: in process or over TCP, in a closed loop with deep
 * pipelining, in an open loop at a rate, or with one request at a time. Every reply is checked as
 * it comes, the books at the end; a wrong result voids the figure.
 */
package dev.verdant.bench.load;
