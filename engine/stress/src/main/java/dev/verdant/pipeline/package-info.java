/**
 * The hand-overs of the pipeline that are its own and not the Disruptor's, as races, run by
 * jcstress together with those of {@code dev.verdant.memory}.
 */
package dev.verdant.pipeline;
