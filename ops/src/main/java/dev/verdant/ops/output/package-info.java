/** What commands print on standard output or into a file: JSON, one object after the other. */
package dev.verdant.ops.output;
