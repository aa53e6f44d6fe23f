/**
 * What commands print on standard output or into a file: JSON, one object a line. Which fields an
 * object has is for the command that prints it.
 */
package dev.verdant.ops.output;
