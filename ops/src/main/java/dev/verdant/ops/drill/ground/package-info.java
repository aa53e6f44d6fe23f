/**
 * Where a drill takes place: a data directory with a server process on it, what this machine
 * permits, and the files as they lie there when no server runs.
 */
package dev.verdant.ops.drill.ground;
