package dev.verdant.gateway;

import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.ErrorReplies;
import dev.verdant.pipeline.ReplyRing;
import dev.verdant.pipeline.RequestWriter;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Lets peers in: gives each the memory of a connection, used over and over, or turns it away where
 * there are as many as may be. Driven by the gateway's thread.
 */
final class Reception implements AutoCloseable {
  /** Bytes that a turn of a connection may read. */
  static final int INPUT_LENGTH = 64 * 1024;

  /**
   * Peers that may wait to be let in. All clients come back at once after a restart: one that finds
   * no place hears nothing, and tries again after a second. The system has a limit of its own
   * (net.core.somaxconn).
   */
  private static final int BACKLOG = 1_024;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * Seconds of silence before the first probe and from one to the next, and the number of probes: a
   * peer that has died without a word is found two minutes after it was last heard. By itself the
   * system begins to look after two hours, and for so long the dead would take the places of
   * others. (Where replies are on their way it does not probe, and finds it when it gives up
   * sending them: Linux after a quarter of an hour, by net.ipv4.tcp_retries2.)
   */
  private static final Map<SocketOption<Integer>, Integer> KEEPALIVE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 60,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 6);

  private final Engine engine;
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final int maxConnections;
  private final long helloTimeoutNanos;
  private final RequestWriter writer;
  private final ByteBuffer discarded;
  private final Runnable onPublished;
  private final ByteBuffer busy = busy();
  private final Refusals refusals = new Refusals();
  private final ArrayDeque<ReplyRing> spareReplies = new ArrayDeque<>();
  private final ArrayDeque<InputBuffer> spareInputs = new ArrayDeque<>();
  private final LongBuffers longBuffers = new LongBuffers();
  private boolean exhausted;
  private boolean paused;
  private long pausedNanos;

  /**
   * Lets in whoever connects to the listener, which becomes its own to close.
   *
   * @param helloTimeoutNanos within which a connection must say hello.
   * @param discarded takes what nobody will look at.
   * @param onPublished called by the stages after replies were published.
   */
  Reception(
      Engine engine,
      ServerSocketChannel listener,
      Selector selector,
      int maxConnections,
      long helloTimeoutNanos,
      ByteBuffer discarded,
      Runnable onPublished) {
    this.engine = engine;
    this.listener = listener;
    this.selector = selector;
    this.maxConnections = maxConnections;
    this.helloTimeoutNanos = helloTimeoutNanos;
    this.writer = engine.newRequestWriter();
    this.discarded = discarded;
    this.onPublished = onPublished;
  }

  /**
   * Listens at an address; at one of IPv4 for IPv4 alone, whose wildcard the system would otherwise
   * take for all of IPv6, too. Port 0 takes a free one.
   *
   * @throws IOException if the address cannot be bound, or its host is not known.
   */
  static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    requireKnown(address);
    final ServerSocketChannel listener = ServerSocketChannel.open(family(address));
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(address, BACKLOG);
      listener.configureBlocking(false);
      return listener;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Binds as {@link #listen} does, and no more. */
  static void requireFree(InetSocketAddress address) throws IOException {
    requireKnown(address);
    try (SocketChannel socket = SocketChannel.open(family(address))) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address);
    }
  }

  private static void requireKnown(InetSocketAddress address) throws UnknownHostException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(address.getHostString());
    }
  }

  private static ProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  /**
   * Lets the next peer in.
   *
   * @param connections served now.
   * @return its connection; null if there is none, or it could not be let in.
   */
  GatewayConnection accept(int connections) {
    SocketChannel channel = null;
    try {
      channel = listener.accept();
      if (channel == null) {
        return null;
      }
      channel.configureBlocking(false);
      if (connections < maxConnections && findMemory()) {
        return serve(channel);
      }
      refusals.add(
          connections
              + (connections < maxConnections
                  ? " are open, and there is no direct memory for more"
                  : " are open, as many as may be"),
          System.nanoTime());
      turnAway(channel);
    } catch (IOException e) {
      if (channel == null) {
        pause(e);
      } else {
        // Gone before it was served.
        CloseHelper.quietClose(channel);
      }
    }
    return null;
  }

  /**
   * Whether there is the memory of one connection more. Where the JVM once had none, only what
   * comes back from others is used: it would look for half a second each time.
   */
  private boolean findMemory() {
    if (exhausted) {
      return !spareReplies.isEmpty() && !spareInputs.isEmpty();
    }
    try {
      if (spareReplies.isEmpty()) {
        spareReplies.push(engine.newReplyRing(onPublished));
      }
      if (spareInputs.isEmpty()) {
        spareInputs.push(new InputBuffer(INPUT_LENGTH, longBuffers));
      }
      return true;
    } catch (OutOfMemoryError e) {
      exhausted = true;
      return false;
    }
  }

  /** Lets nobody in for a moment: without file descriptors each attempt would fail at once. */
  private void pause(IOException cause) {
    pausedNanos = System.nanoTime();
    refusals.add("cannot accept one, " + cause.getMessage(), pausedNanos);
    paused = true;
    listener.keyFor(selector).interestOps(0);
  }

  /** Nanoseconds until peers are let in again, {@link Long#MAX_VALUE} while they are. */
  long timerNanos() {
    return paused ? Math.max(0, pausedNanos + PAUSE_NANOS - System.nanoTime()) : Long.MAX_VALUE;
  }

  /** Ends a pause when it is time. */
  void resume() {
    if (paused && timerNanos() == 0) {
      paused = false;
      listener.keyFor(selector).interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  /** Needs the memory of a connection, which {@link #findMemory} has found. */
  private GatewayConnection serve(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    keepAlive(channel);
    final SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    final ReplyRing replies = spareReplies.pop();
    final InputBuffer input = spareInputs.pop();
    final GatewayConnection connection =
        new GatewayConnection(
            channel,
            key,
            new RequestIntake(engine.ring(), writer, replies, input),
            replies,
            input,
            System.nanoTime() + helloTimeoutNanos);
    key.attach(connection);
    return connection;
  }

  private static void keepAlive(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (final Map.Entry<SocketOption<Integer>, Integer> option : KEEPALIVE.entrySet()) {
      if (channel.supportedOptions().contains(option.getKey())) {
        channel.setOption(option.getKey(), option.getValue());
      }
    }
  }

  /** Takes back the memory of a connection that is done. */
  void takeBack(GatewayConnection connection) {
    connection.replies().reset();
    spareReplies.push(connection.replies());
    spareInputs.push(connection.input());
  }

  /** Encoded once, where the system takes it from: it is sent where memory may have run out. */
  private static ByteBuffer busy() {
    final ByteBuffer bytes =
        ByteBuffer.allocateDirect(Frame.LENGTH_PREFIX + ErrorReplies.MAX_LENGTH);
    final UnsafeBuffer frame = new UnsafeBuffer(bytes);
    final int length = new ErrorReplies().encode(frame, Frame.LENGTH_PREFIX, 0, Status.BUSY);
    Frame.putMessageLength(frame, 0, length);
    return bytes.limit(Frame.LENGTH_PREFIX + length);
  }

  private void turnAway(SocketChannel channel) throws IOException {
    try (channel) {
      channel.write(busy.rewind());
      channel.shutdownOutput();
      // To close on an unread hello would be a reset, which can overtake the answer.
      channel.read(discarded.clear());
    }
  }

  /** Peers turned away so far, and attempts to let one in that failed. Any thread. */
  long refusedConnections() {
    return refusals.count();
  }

  /** Lets nobody in any more. */
  @Override
  public void close() throws IOException {
    listener.close();
  }
}
