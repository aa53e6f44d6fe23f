/**
 * A directory checked or shown while nobody owns it: every byte of journal and snapshots read, and
 * each snapshot compared with what a replay comes to. Changes nothing.
 */
package dev.verdant.journal.verify;
