/**
 * The server process: a data directory opened, an engine and its gateway started on it, what
 * operators watch beside it, and a stop that loses nothing.
 */
package dev.verdant.ops.server;
