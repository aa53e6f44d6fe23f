/**
 * How a service talks to a ledger over TCP.
 *
 * <ul>
 *   <li>{@link dev.verdant.client.VerdantClient}: asynchronous, pipelined, shared by any number of
 *       threads; deadlines, reconnection, and requests sent again after a broken connection.
 *   <li>{@link dev.verdant.client.BlockingVerdantClient}: the same, one answer at a time.
 *   <li>{@link dev.verdant.client.TcpMessageConnection}: the bare connection, for whoever brings a
 *       thread, codecs and buffers of their own and wants no garbage.
 * </ul>
 *
 * All of them need a JVM that is started with {@code
 * --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED}: Agrona, whose buffers they use, does.
 *
 * <p>What is asked stands in {@code request}, what is answered in {@code result}. The bytes are
 * told in {@code engine/protocol/PROTOCOL.md}.
 *
 * <p>Knows the protocol and nothing of the engine behind it.
 */
package dev.verdant.client;
