package dev.verdant.gateway;

import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.ErrorReplies;
import dev.verdant.pipeline.IdleMode;
import dev.verdant.pipeline.ReplyRing;
import dev.verdant.pipeline.RequestWriter;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.ErrorReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.function.Consumer;
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
  private static final long TIMER_MILLIS = 1;
  private static final long CLOSE_NANOS = 5_000_000_000L;

  private final Engine engine;
  private final int maxConnections;
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
  private volatile boolean asleep;
  private volatile boolean closing;
  private volatile int connectionCount;

  private Gateway(
      Engine engine,
      ServerSocketChannel listener,
      Selector selector,
      InetSocketAddress address,
      int maxConnections) {
    this.engine = engine;
    this.listener = listener;
    this.selector = selector;
    this.address = address;
    this.maxConnections = maxConnections;
    this.writer = engine.newRequestWriter();
    this.thread = new Thread(this::run, "verdant-gateway");
  }

  /**
   * Binds and starts a gateway.
   *
   * @param address to listen at; port 0 takes a free one.
   * @param maxConnections served at once; one more is answered BUSY and closed.
   * @throws IOException if the address cannot be bound.
   */
  public static Gateway launch(Engine engine, InetSocketAddress address, int maxConnections)
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
              maxConnections);
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
      int idleTurns = 0;
      for (int turn = 0; !closing; turn++) {
        if (turnAll(turn) > 0) {
          idleTurns = 0;
        } else {
          idleTurns++;
          idle(idleTurns);
        }
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
        work += connection.poll(discarded);
      } catch (RuntimeException e) {
        // Whatever it was, it costs this connection only.
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

  @SuppressWarnings("ThreadPriorityCheck") // a hint, for those who chose it
  private void idle(int idleTurns) throws IOException {
    if (engine.idleMode() == IdleMode.SPIN) {
      Thread.onSpinWait();
    } else if (engine.idleMode() == IdleMode.YIELD || idleTurns <= IDLE_TURNS) {
      Thread.yield();
    } else {
      sleep();
    }
  }

  private void sleep() throws IOException {
    asleep = true;
    VarHandle.fullFence();
    boolean timer = closing;
    for (int i = 0; i < connections.size(); i++) {
      final GatewayConnection connection = connections.get(i);
      connection.updateInterest();
      timer |= connection.needsTimer();
    }
    selector.select(onSelected, timer ? TIMER_MILLIS : 0);
    asleep = false;
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
    try {
      final SocketChannel channel = listener.accept();
      if (channel == null) {
        return;
      }
      if (connections.size() >= maxConnections) {
        turnAway(channel);
        return;
      }
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      add(channel);
    } catch (IOException e) {
      // Gone before it was served, or no file descriptor left: the next one may fare better.
      Thread.onSpinWait();
    }
  }

  private void add(SocketChannel channel) throws IOException {
    final ReplyRing replies =
        spareReplies.isEmpty() ? engine.newReplyRing(onPublished) : spareReplies.pop();
    final InputBuffer input =
        spareInputs.isEmpty() ? new InputBuffer(INPUT_LENGTH) : spareInputs.pop();
    final SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    final GatewayConnection connection =
        new GatewayConnection(channel, key, engine.ring(), writer, replies, input);
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

  private static void turnAway(SocketChannel channel) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(Frame.LENGTH_PREFIX + 128);
    final UnsafeBuffer frame = new UnsafeBuffer(bytes);
    final int length =
        ErrorReplies.encode(
            new ErrorReplyEncoder(),
            new MessageHeaderEncoder(),
            frame,
            Frame.LENGTH_PREFIX,
            0,
            Status.BUSY);
    Frame.putMessageLength(frame, 0, length);
    bytes.limit(Frame.LENGTH_PREFIX + length);
    try (channel) {
      channel.write(bytes);
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
      if (pollConnections() == 0) {
        sleep();
      }
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
