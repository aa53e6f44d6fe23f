/** Offline checks of a data directory. */
package dev.verdant.ops.verify;
