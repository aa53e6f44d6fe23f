/**
 * Off-heap memory of the ledger: tables of fixed-size records addressed by slot, and hash indexes
 * over them. Grows a segment at a time, so that growth never stops the writer; every change of a
 * record passes {@link dev.verdant.memory.Table#writable}, the one gate where a page is saved for a
 * reader before it changes.
 *
 * <p>One writer owns it all. Other threads read a consistent cut while it runs on: {@link
 * dev.verdant.memory.Memory#openCut} gives a {@link dev.verdant.memory.CutReader}, and that the
 * {@link dev.verdant.memory.Records} of any table as of then. The contract stands at {@code
 * CutSpace}. Methods say their memory ordering in their names (plain, acquire, release, volatile)
 * where threads meet.
 *
 * <p>Knows Agrona only.
 */
package dev.verdant.memory;
