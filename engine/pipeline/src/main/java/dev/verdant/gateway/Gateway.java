package dev.verdant.gateway;

import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.ErrorReplies;
import dev.verdant.pipeline.IdleMode;
import dev.verdant.pipeline.ReplyRing;
import dev.verdant.pipeline.RequestWriter;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Serves upstream services over TCP: one thread, many connections, each a turn at a time. A turn
 * reads at most one input buffer, puts all its requests into the ring with one claim, and sends all
 * replies that have arrived with one write.
 *
 * <p>Few connections are read directly, without asking the selector which are ready (the idea of
 * Agrona's TransportPoller). When there is nothing to do the thread sleeps in the selector; whoever
 * publishes replies wakes it, but only if it sleeps.
 */
public final class Gateway implements AutoCloseable {
  private static final int INPUT_LENGTH = 64 * 1024;
  private static final int DIRECTLY_POLLED_CONNECTIONS = 4;
  private static final int IDLE_TURNS = 20;
  private static final int TURNS_BETWEEN_ACCEPTS = 64;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long CLOSE_NANOS = 5_000_000_000L;

  private final Engine engine;
  private final int maxConnections;
  private final long helloTimeoutNanos;
  private final RequestWriter writer;
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final InetSocketAddress address;
  private final Thread thread;
  private final ArrayList<GatewayConnection> connections = new ArrayList<>();
  private final ArrayDeque<ReplyRing> spareReplies = new ArrayDeque<>();
  private final ArrayDeque<InputBuffer> spareInputs = new ArrayDeque<>();
  private final ByteBuffer discarded = ByteBuffer.allocateDirect(INPUT_LENGTH);
  private final Consumer<SelectionKey> onSelected = this::onSelected;
  private final Runnable onPublished = this::wake;
  private int idleTurns;
  private volatile boolean asleep;
  private volatile boolean closing;
  private volatile int connectionCount;

  private Gateway(
      Engine engine,
      ServerSocketChannel listener,
      Selector selector,
      InetSocketAddress address,
      int maxConnections,
      Duration helloTimeout) {
    this.engine = engine;
    this.listener = listener;
    this.selector = selector;
    this.address = address;
    this.maxConnections = maxConnections;
    this.helloTimeoutNanos = helloTimeout.toNanos();
    this.writer = engine.newRequestWriter();
    this.thread = new Thread(this::run, "verdant-gateway");
  }

  /**
   * Binds and starts a gateway.
   *
   * @param address to listen at; port 0 takes a free one.
   * @param maxConnections served at once; one more is answered BUSY and closed.
   * @param helloTimeout within which a connection must say hello, else it is closed.
   * @throws IOException if the address cannot be bound.
   */
  public static Gateway launch(
      Engine engine, InetSocketAddress address, int maxConnections, Duration helloTimeout)
      throws IOException {
    final ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(address);
      listener.configureBlocking(false);
      final Selector selector = Selector.open();
      listener.register(selector, SelectionKey.OP_ACCEPT);
      final Gateway gateway =
          new Gateway(
              engine,
              listener,
              selector,
              (InetSocketAddress) listener.getLocalAddress(),
              maxConnections,
              helloTimeout);
      gateway.thread.start();
      return gateway;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Where it listens, the port it was given included. */
  public InetSocketAddress address() {
    return address;
  }

  /** Connections that are open, or have requests in flight. Any thread. */
  public int connectionCount() {
    return connectionCount;
  }

  private void run() {
    try {
      for (int turn = 0; !closing; turn++) {
        rest(turnAll(turn));
      }
      finish();
    } catch (IOException | RuntimeException | Error e) {
      engine.fail(e);
    } finally {
      release();
    }
  }

  private int turnAll(int turn) throws IOException {
    if (connections.size() <= DIRECTLY_POLLED_CONNECTIONS) {
      for (int i = 0; i < connections.size(); i++) {
        connections.get(i).markReadable();
      }
      if (turn % TURNS_BETWEEN_ACCEPTS == 0) {
        selector.selectNow(onSelected);
      }
    } else {
      updateInterests();
      selector.selectNow(onSelected);
    }
    return pollConnections();
  }

  private int pollConnections() {
    int work = 0;
    for (int i = connections.size() - 1; i >= 0; i--) {
      final GatewayConnection connection = connections.get(i);
      try {
        work += connection.receive();
      } catch (RuntimeException e) {
        // Whatever it was, it costs this connection only.
        connection.abort();
      }
    }
    engine.carryOn();
    for (int i = connections.size() - 1; i >= 0; i--) {
      final GatewayConnection connection = connections.get(i);
      try {
        work += connection.send(discarded);
      } catch (RuntimeException e) {
        connection.abort();
      }
      if (connection.isDone()) {
        remove(i);
      }
    }
    return work;
  }

  private void updateInterests() {
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).updateInterest();
    }
  }

  /** Ends a turn that has done so much work. */
  private void rest(int work) throws IOException {
    if (work > 0) {
      idleTurns = 0;
      if (asleep) {
        asleep = false;
      }
    } else {
      idleTurns++;
      idle();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint, for those who chose it
  private void idle() throws IOException {
    if (engine.idleMode() == IdleMode.SPIN) {
      Thread.onSpinWait();
    } else if (engine.idleMode() == IdleMode.YIELD || idleTurns <= IDLE_TURNS) {
      Thread.yield();
    } else if (!asleep) {
      // Says so first, then takes one more turn: replies published before that are seen by the
      // turn, later ones wake the selector.
      asleep = true;
      VarHandle.fullFence();
    } else {
      sleep();
      asleep = false;
    }
  }

  private void sleep() throws IOException {
    long timerNanos = closing ? NANOS_PER_MILLI : Long.MAX_VALUE;
    for (int i = 0; i < connections.size(); i++) {
      final GatewayConnection connection = connections.get(i);
      connection.updateInterest();
      timerNanos = Math.min(timerNanos, connection.timerNanos());
    }
    if (timerNanos == Long.MAX_VALUE) {
      selector.select(onSelected);
    } else {
      selector.select(onSelected, 1 + timerNanos / NANOS_PER_MILLI);
    }
  }

  /** Replies have been published: called by the reply stage. */
  private void wake() {
    VarHandle.fullFence();
    if (asleep) {
      selector.wakeup();
    }
  }

  private void onSelected(SelectionKey key) {
    if (key.attachment() instanceof GatewayConnection connection) {
      connection.markReadable();
    } else if (key.isAcceptable()) {
      accept();
    }
  }

  private void accept() {
    SocketChannel channel = null;
    try {
      channel = listener.accept();
      if (channel == null) {
        return;
      }
      channel.configureBlocking(false);
      if (connections.size() < maxConnections) {
        add(channel);
      } else {
        turnAway(channel);
      }
    } catch (IOException e) {
      // Gone before it was served, or no file descriptor left: the next one may fare better.
      CloseHelper.quietClose(channel);
    }
  }

  private void add(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    final SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    final ReplyRing replies =
        spareReplies.isEmpty() ? engine.newReplyRing(onPublished) : spareReplies.pop();
    final InputBuffer input =
        spareInputs.isEmpty() ? new InputBuffer(INPUT_LENGTH) : spareInputs.pop();
    final GatewayConnection connection =
        new GatewayConnection(
            channel,
            key,
            engine.ring(),
            writer,
            replies,
            input,
            System.nanoTime() + helloTimeoutNanos);
    key.attach(connection);
    connections.add(connection);
    connectionCount = connections.size();
  }

  private void remove(int index) {
    final GatewayConnection connection = connections.remove(index);
    connection.replies().reset();
    spareReplies.push(connection.replies());
    spareInputs.push(connection.input());
    connectionCount = connections.size();
  }

  private void turnAway(SocketChannel channel) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(Frame.LENGTH_PREFIX + ErrorReplies.MAX_LENGTH);
    final UnsafeBuffer frame = new UnsafeBuffer(bytes);
    final int length = new ErrorReplies().encode(frame, Frame.LENGTH_PREFIX, 0, Status.BUSY);
    Frame.putMessageLength(frame, 0, length);
    bytes.limit(Frame.LENGTH_PREFIX + length);
    try (channel) {
      channel.write(bytes);
      channel.shutdownOutput();
      // To close on an unread hello would be a reset, which can overtake the answer.
      channel.read(discarded.clear());
    }
  }

  /** Answers what has been received, sends it, and says goodbye. */
  private void finish() throws IOException {
    listener.close();
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).finishInput();
    }
    final long deadlineNanos = System.nanoTime() + CLOSE_NANOS;
    while (!connections.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
      rest(pollConnections());
    }
  }

  private void release() {
    for (final GatewayConnection connection : connections) {
      connection.abort();
    }
    connections.clear();
    connectionCount = 0;
    try {
      listener.close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the gateway", e);
    }
  }

  /**
   * Stops listening, answers what has been received, and closes the connections: within seconds,
   * whatever the peers do. Returns when that is done, unless called from the gateway's own thread.
   */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
