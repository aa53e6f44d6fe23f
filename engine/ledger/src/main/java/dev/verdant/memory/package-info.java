/**
 * Off-heap memory of the ledger: tables of fixed-size records addressed by slot, and hash indexes
 * over them. Grows a segment at a time, so that growth never stops the writer; every change of a
 * record passes {@link dev.verdant.memory.Table#writable}, the one gate where a page can be kept
 * for a reader before it changes.
 *
 * <p>Knows Agrona only. Nothing here is thread-safe: one writer owns it.
 */
package dev.verdant.memory;
