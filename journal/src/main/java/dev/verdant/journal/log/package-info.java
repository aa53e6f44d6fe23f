/**
 * What lies on disk, and how its bytes are read: batches in segments in generations, and the
 * watermark beside them. A reader says whether a batch is whole; whether it is the right one is for
 * the scan to say.
 *
 * <p>Knows the disk; neither who writes nor who reads.
 */
package dev.verdant.journal.log;
