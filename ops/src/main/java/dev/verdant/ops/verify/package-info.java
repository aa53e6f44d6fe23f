/** Offline checks of a data directory, and what is in it. */
package dev.verdant.ops.verify;
