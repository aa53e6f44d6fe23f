package dev.verdant.client;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames on their way in: reads all that has arrived with one call, hands over whole messages. */
final class FrameReader {
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(Frame.MAX_LENGTH);
  private final UnsafeBuffer frames = new UnsafeBuffer(bytes);
  private int head;
  private int tail;
  private long bytesRead;

  /** Forgets what has been read. */
  void clear() {
    head = 0;
    tail = 0;
    bytesRead = 0;
  }

  /** Reads what has arrived; false at the end of the stream. */
  boolean readFrom(ReadableByteChannel channel) throws IOException {
    compact();
    bytes.limit(frames.capacity()).position(tail);
    int count = channel.read(bytes);
    tail = bytes.position();
    bytesRead += Math.max(0, count);
    return count >= 0;
  }

  /** Bytes read so far. */
  long bytesRead() {
    return bytesRead;
  }

  /**
   * Hands over the whole messages read so far.
   *
   * @return how many.
   * @throws ProtocolViolation if a frame's length cannot be true, or its message is of another
   *     schema.
   */
  int deliver(MessageHandler handler) throws ProtocolViolation {
    int count = 0;
    while (hasLength()) {
      int length = messageLength();
      if (!Frame.isPossibleLength(length)) {
        throw new ProtocolViolation(
            "a frame claims a message of " + Integer.toUnsignedString(length) + " bytes");
      }
      if (!hasWholeFrame()) {
        break;
      }
      int offset = head + Frame.LENGTH_PREFIX;
      int schemaId = Messages.schemaId(frames, offset);
      if (schemaId != MessageHeaderDecoder.SCHEMA_ID) {
        throw new ProtocolViolation("a message of schema " + schemaId);
      }
      head = offset + length;
      handler.onMessage(frames, offset, length);
      count++;
    }
    return count;
  }

  /** Whether the last frame has not arrived whole. */
  boolean isAmidFrame() {
    return head != tail && !hasWholeFrame();
  }

  private boolean hasLength() {
    return tail - head >= Frame.LENGTH_PREFIX;
  }

  private boolean hasWholeFrame() {
    return hasLength() && tail - head - Frame.LENGTH_PREFIX >= messageLength();
  }

  private int messageLength() {
    return Frame.messageLength(frames, head);
  }

  private void compact() {
    if (head > 0) {
      frames.putBytes(0, frames, head, tail - head);
      tail -= head;
      head = 0;
    }
  }

  /** The other side does not speak this protocol. */
  static final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    ProtocolViolation(String message) {
      super(message);
    }
  }
}
