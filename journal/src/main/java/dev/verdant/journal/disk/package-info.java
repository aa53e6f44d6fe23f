/**
 * The disk under journal and snapshots: the few file operations that their promises rest on, and
 * the operating system's own. Knows nothing of what is written; a test puts another disk in its
 * place that loses its power, fails, or is full.
 */
package dev.verdant.journal.disk;
