package dev.verdant.client;

import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;

/**
 * What a server says of itself in its hello.
 *
 * @param version of the schema that both sides speak on this connection.
 * @param clock where engine time comes from.
 * @param durability what an acknowledgement promises.
 * @param maxFrameLength longest frame that the server takes, in bytes, length prefix included.
 * @param maxInFlight requests that may be unanswered at a time.
 * @param sequence last one applied when the connection was made.
 * @param timeMillis engine time then, in milliseconds since the epoch.
 */
public record ServerInfo(
    int version,
    ClockMode clock,
    Durability durability,
    int maxFrameLength,
    int maxInFlight,
    long sequence,
    long timeMillis) {}
