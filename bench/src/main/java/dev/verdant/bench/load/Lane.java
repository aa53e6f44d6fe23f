package dev.verdant.bench.load;

import dev.verdant.bench.workload.MessageSource;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.HelloEncoder;
import dev.verdant.protocol.codec.HelloReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One connection of a {@link TcpTarget}: requests are encoded straight into the send buffer and
 * leave with one write, replies are looked at where they were read. Takes every so many-th request.
 * Allocates nothing per message.
 */
final class Lane implements AutoCloseable {
  private static final int BUFFER_LENGTH = 512 * 1024;

  /** Between two looks for the reply to the hello. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final SocketChannel channel;
  private final ByteBuffer outBytes = ByteBuffer.allocateDirect(BUFFER_LENGTH);
  private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
  private final ByteBuffer inBytes = ByteBuffer.allocateDirect(BUFFER_LENGTH);
  private final UnsafeBuffer in = new UnsafeBuffer(inBytes);
  private final int serverWindow;
  private int outHead;
  private int outTail;
  private int inHead;
  private int inTail;
  private long step;
  private long nextToSend;
  private long nextToAnswer;

  private Lane(SocketChannel channel, long mostSilentNanos) throws IOException {
    this.channel = channel;
    this.serverWindow = greet(mostSilentNanos);
  }

  /**
   * Connects and says hello.
   *
   * @param mostSilentNanos that the hello may be without a reply.
   */
  static Lane connect(InetSocketAddress address, long mostSilentNanos) throws IOException {
    final SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(address);
      channel.configureBlocking(false);
      return new Lane(channel, mostSilentNanos);
    } catch (IOException | RuntimeException e) {
      CloseHelper.quietClose(channel);
      throw e;
    }
  }

  private int greet(long mostSilentNanos) throws IOException {
    final long start = System.nanoTime();
    new HelloEncoder()
        .wrapAndApplyHeader(out, Frame.LENGTH_PREFIX, new MessageHeaderEncoder())
        .correlationId(0)
        // The version in which the encoders write the load: a server of another is refused.
        .minVersion(HelloEncoder.SCHEMA_VERSION)
        .maxVersion(HelloEncoder.SCHEMA_VERSION);
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + HelloEncoder.BLOCK_LENGTH;
    Frame.putMessageLength(out, 0, length);
    outTail = Frame.LENGTH_PREFIX + length;
    while (outTail > 0) {
      flush();
    }
    while (!hasFrame()) {
      if (fill() == 0) {
        if (System.nanoTime() - start > mostSilentNanos) {
          throw new IOException(
              "the server has not answered the hello within "
                  + TimeUnit.NANOSECONDS.toSeconds(mostSilentNanos)
                  + " s");
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    final HelloReplyDecoder reply =
        new HelloReplyDecoder()
            .wrapAndApplyHeader(in, Frame.LENGTH_PREFIX, new MessageHeaderDecoder());
    if (reply.status() != Status.OK) {
      throw new IOException("the server answered the hello with " + reply.status());
    }
    inHead += Frame.LENGTH_PREFIX + Frame.messageLength(in, inHead);
    return (int) Math.min(Integer.MAX_VALUE, reply.maxInFlight());
  }

  void register(Selector selector) throws IOException {
    channel.register(selector, SelectionKey.OP_READ);
  }

  /** Requests that the server lets this connection have unanswered. */
  int serverWindow() {
    return serverWindow;
  }

  /** Begins with a request; the ones after it are so many apart. */
  void begin(long first, long step) {
    this.step = step;
    nextToSend = first;
    nextToAnswer = first;
  }

  /** Requests without a reply so far. */
  int inFlight() {
    return (int) ((nextToSend - nextToAnswer) / step);
  }

  /** Encodes requests below a number, at most so many, as far as the buffer has room. */
  int encode(MessageSource source, long to, int most) {
    int count = 0;
    while (count < most
        && nextToSend < to
        && outTail + Frame.LENGTH_PREFIX + MessageSource.MAX_LENGTH <= BUFFER_LENGTH) {
      final int length = source.encode(nextToSend, out, outTail + Frame.LENGTH_PREFIX);
      Frame.putMessageLength(out, outTail, length);
      outTail += Frame.LENGTH_PREFIX + length;
      nextToSend += step;
      count++;
    }
    return count;
  }

  /** Writes what the socket takes. */
  void flush() throws IOException {
    if (outHead != outTail) {
      outBytes.limit(outTail).position(outHead);
      channel.write(outBytes);
      outHead = outBytes.position();
      if (outHead == outTail) {
        outHead = 0;
        outTail = 0;
      }
    }
  }

  /** Reads what has arrived; returns the bytes. */
  int fill() throws IOException {
    if (inHead > 0) {
      in.putBytes(0, in, inHead, inTail - inHead);
      inTail -= inHead;
      inHead = 0;
    }
    inBytes.limit(BUFFER_LENGTH).position(inTail);
    final int count = channel.read(inBytes);
    if (count < 0) {
      throw new IOException("the server closed the connection");
    }
    inTail += count;
    return count;
  }

  /** Hands over the whole replies that have been read; returns how many. */
  int deliver(ReplyHandler handler) {
    int count = 0;
    while (hasFrame()) {
      final int message = inHead + Frame.LENGTH_PREFIX;
      final int length = Frame.messageLength(in, inHead);
      final long number = Frame.correlationId(in, message);
      if (number != nextToAnswer) {
        throw new WrongResultException("reply to " + number + " instead of " + nextToAnswer);
      }
      handler.onReply(number, in, message, length);
      nextToAnswer += step;
      inHead = message + length;
      count++;
    }
    return count;
  }

  private boolean hasFrame() {
    return inTail - inHead >= Frame.LENGTH_PREFIX
        && inTail - inHead - Frame.LENGTH_PREFIX >= Frame.messageLength(in, inHead);
  }

  @Override
  public void close() {
    CloseHelper.quietClose(channel);
    BufferUtil.free(outBytes);
    BufferUtil.free(inBytes);
  }
}
