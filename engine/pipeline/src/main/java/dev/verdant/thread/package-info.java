/**
 * How the engine's threads share the processors: what they are called, which of them come first,
 * which rest, and how one gives way to the others.
 */
package dev.verdant.thread;
