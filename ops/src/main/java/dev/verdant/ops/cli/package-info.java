/**
 * The commands of {@code ops/bin/verdant}: options, exit status and messages. What a command does
 * stands in the packages beside this one.
 */
package dev.verdant.ops.cli;
