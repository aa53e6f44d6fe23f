package dev.verdant.client;

import dev.verdant.protocol.Frame;

/**
 * What a connection writes from and reads into: three quarters of a megabyte outside the heap,
 * which only the garbage collector frees. A client has them once, for one connection after the
 * other.
 */
final class FrameBuffers {
  private static final int SEND_BUFFER_LENGTH = 2 * Frame.MAX_LENGTH;

  private final FrameWriter writer = new FrameWriter(SEND_BUFFER_LENGTH);
  private final FrameReader reader = new FrameReader();

  /** Forgets what the connection before left behind; that may use them no more. */
  FrameBuffers clear() {
    writer.clear();
    reader.clear();
    return this;
  }

  FrameWriter writer() {
    return writer;
  }

  FrameReader reader() {
    return reader;
  }
}
