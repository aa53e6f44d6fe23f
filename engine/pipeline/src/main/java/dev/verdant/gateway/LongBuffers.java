package dev.verdant.gateway;

import dev.verdant.protocol.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for the longest frame, lent to the connections that are receiving one, and used over and
 * over. Memory outside the heap that is dropped comes back by a full collection only, which stops
 * every thread: a peer that sends long frames must not bring that about. As many are kept as were
 * lent at once. Driven by the gateway's thread.
 */
final class LongBuffers {
  private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();

  /** Lends a buffer, with whatever was in it. */
  ByteBuffer take() {
    return spare.isEmpty() ? ByteBuffer.allocateDirect(Frame.MAX_LENGTH) : spare.pop();
  }

  /** Takes a buffer back. */
  void giveBack(ByteBuffer buffer) {
    spare.push(buffer);
  }
}
