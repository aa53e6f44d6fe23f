/** The sub-commands of {@code verdant bench}: options, reports, exit status. */
package dev.verdant.ops.bench;
