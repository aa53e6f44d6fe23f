package dev.verdant.pipeline;

import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;

/**
 * What a HelloReply announces.
 *
 * @param clock where engine time comes from.
 * @param durability what an acknowledgement promises.
 * @param maxInFlight requests a connection may have unanswered.
 */
record SessionTerms(ClockMode clock, Durability durability, int maxInFlight) {}
