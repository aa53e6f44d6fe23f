/** What a benchmark starts and makes beside itself, and that nothing of it is left behind. */
package dev.verdant.bench.process;
