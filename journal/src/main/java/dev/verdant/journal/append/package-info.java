/**
 * The way to the disk: one writer appends batches to a Chronicle queue, claims its blocks ahead,
 * and forces it as the durability says.
 *
 * <p>Knows the format of the log and the pipeline's interface; not the way back.
 */
package dev.verdant.journal.append;
