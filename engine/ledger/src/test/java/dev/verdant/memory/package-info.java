/**
 * Tests of the ledger's memory: tables and the hash index against maps of the JDK while they grow,
 * shrink and go round, and cuts of them against plain copies.
 */
package dev.verdant.memory;
