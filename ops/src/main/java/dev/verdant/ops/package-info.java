/**
 * Operations: the command line, configuration, the server process, imports, the demo. Knows every
 * other room; none knows it.
 */
package dev.verdant.ops;
