package dev.verdant.client;

import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.codec.HelloEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * One TCP connection to a server, its hello answered. Requests gather in a buffer and leave with
 * one write; replies are handed over as they lie in the receive buffer. Nothing is allocated per
 * message.
 *
 * <p>{@link #offer} refuses while the server's window is full, so that a request taken is one that
 * the server reads. It leaves in the version agreed on in the hello, where it was encoded in a
 * newer one: the requests of all versions from {@link Greeting#MIN_VERSION} on are the same.
 *
 * <p>One thread at a time.
 */
public final class TcpMessageConnection implements MessageConnection {
  private final InetSocketAddress address;
  private final SocketChannel channel;
  private final FrameWriter writer;
  private final FrameReader reader;
  private final MessageHandler countingHandler = this::onReply;
  private MessageHandler handler;
  private ServerInfo server;
  private int inFlight;
  private ConnectionLostException lost;

  private TcpMessageConnection(
      InetSocketAddress address, SocketChannel channel, FrameBuffers buffers) {
    this.address = address;
    this.channel = channel;
    this.writer = buffers.writer();
    this.reader = buffers.reader();
  }

  /**
   * Connects to one address of the host after the other, until a server answers the hello.
   *
   * @param timeout for all of it together; a look-up of the host that takes longer is waited for.
   * @throws ConnectionLostException if no server answers in time.
   * @throws HandshakeException if the server refuses.
   */
  public static TcpMessageConnection connect(String host, int port, Duration timeout) {
    return connect(InetSocketAddress.createUnresolved(host, port), timeout, AddressLookup::resolve);
  }

  static TcpMessageConnection connect(
      InetSocketAddress endpoint, Duration timeout, AddressLookup.Resolver resolver) {
    long deadlineNanos = System.nanoTime() + Nanos.of(timeout);
    boolean interrupted = false;
    try (Selector selector = Selector.open();
        ConnectionAttempt attempt =
            new ConnectionAttempt(
                endpoint,
                resolver.resolve(endpoint),
                new FrameBuffers(),
                selector,
                deadlineNanos)) {
      while (true) {
        long nowNanos = System.nanoTime();
        TcpMessageConnection connection = attempt.poll(nowNanos);
        if (connection != null) {
          return connection;
        }
        long waitNanos = Math.max(0, attempt.nanosUntilDue(nowNanos));
        // An interrupt ends nothing here, and would keep the selector awake.
        interrupted |= Thread.interrupted();
        selector.select(1 + TimeUnit.NANOSECONDS.toMillis(waitNanos));
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new ConnectionLostException("cannot wait for " + endpoint, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Begins to connect; {@link #establish} goes on with it.
   *
   * @param buffers that are empty, and no other connection's as long as this one is open.
   */
  static TcpMessageConnection start(InetSocketAddress address, FrameBuffers buffers) {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      TcpMessageConnection connection = new TcpMessageConnection(address, channel, buffers);
      if (channel.connect(address)) {
        connection.sayHello();
      }
      return connection;
    } catch (IOException e) {
      CloseHelper.quietClose(channel);
      throw new ConnectionLostException("cannot connect to " + address + ": " + e.getMessage(), e);
    } catch (UnsupportedAddressTypeException e) {
      CloseHelper.quietClose(channel);
      throw new ConnectionLostException(
          "cannot connect to " + address + ": this JVM speaks IPv4 only", e);
    } catch (RuntimeException | Error e) {
      CloseHelper.quietClose(channel);
      throw e;
    }
  }

  /**
   * Takes the next step of connecting, as far as it goes without waiting.
   *
   * @return whether the hello has been answered.
   * @throws ConnectionLostException if nobody listens, or hangs up.
   * @throws HandshakeException if the server refuses.
   */
  boolean establish() {
    if (!channel.isConnected()) {
      try {
        if (!channel.finishConnect()) {
          return false;
        }
      } catch (IOException e) {
        throw new ConnectionLostException(
            "cannot connect to " + address + ": " + e.getMessage(), e);
      }
      sayHello();
    }
    exchange((buffer, offset, length) -> server = Greeting.answer(buffer, offset, length));
    return server != null;
  }

  /** What the server said of itself. */
  public ServerInfo server() {
    return server;
  }

  /** Requests without a reply so far. */
  public int inFlight() {
    return inFlight;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the server does not take a message of such length.
   */
  @Override
  public boolean offer(DirectBuffer buffer, int offset, int length) {
    int longest =
        Math.min(Limits.MAX_MESSAGE_LENGTH, server.maxFrameLength() - Frame.LENGTH_PREFIX);
    if (length < Frame.MIN_MESSAGE_LENGTH || length > longest) {
      throw new IllegalArgumentException(
          "a message of "
              + length
              + " bytes; the server takes from "
              + Frame.MIN_MESSAGE_LENGTH
              + " to "
              + longest);
    }
    throwIfLost();
    if (inFlight >= server.maxInFlight() || !hasTaken(buffer, offset, length)) {
      return false;
    }
    inFlight++;
    return true;
  }

  @Override
  public void flush() {
    if (lost == null) {
      try {
        writer.writeTo(channel);
      } catch (IOException e) {
        lost = new ConnectionLostException("sending to " + address + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public int poll(MessageHandler handler) {
    this.handler = handler;
    return exchange(countingHandler);
  }

  @Override
  public void close() {
    if (lost == null) {
      lost = new ConnectionLostException("the connection to " + address + " was closed here");
    }
    CloseHelper.quietClose(channel);
  }

  /** Puts the connection into a selector; see {@link #interest}. */
  SelectionKey register(Selector selector) throws IOException {
    return channel.register(selector, interest());
  }

  /** Bytes received from the server so far. */
  long bytesReceived() {
    return reader.bytesRead();
  }

  /** What to wait for when there is nothing to do. */
  int interest() {
    if (!channel.isConnected()) {
      return SelectionKey.OP_CONNECT;
    }
    return writer.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
  }

  private void sayHello() {
    DirectBuffer hello = Greeting.hello();
    writer.offer(hello, 0, hello.capacity(), HelloEncoder.SCHEMA_VERSION);
  }

  private boolean hasTaken(DirectBuffer buffer, int offset, int length) {
    if (writer.offer(buffer, offset, length, server.version())) {
      return true;
    }
    flush();
    return writer.offer(buffer, offset, length, server.version());
  }

  private int exchange(MessageHandler receiver) {
    flush();
    read();
    int count = 0;
    try {
      count = reader.deliver(receiver);
    } catch (FrameReader.ProtocolViolation e) {
      lost = new ConnectionLostException(address + " breaks the protocol: " + e.getMessage(), e);
    }
    if (count == 0) {
      throwIfLost();
    }
    return count;
  }

  private void read() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      if (!reader.readFrom(channel) && lost == null) {
        lost =
            new ConnectionLostException(
                address + " closed the connection" + (reader.isAmidFrame() ? " amid a frame" : ""));
      }
    } catch (IOException e) {
      if (lost == null) {
        lost = new ConnectionLostException("reading from " + address + ": " + e.getMessage(), e);
      }
    }
  }

  private void onReply(DirectBuffer buffer, int offset, int length) {
    inFlight--;
    handler.onMessage(buffer, offset, length);
  }

  private void throwIfLost() {
    if (lost != null) {
      throw new ConnectionLostException(lost.getMessage(), lost);
    }
  }
}
