package dev.verdant.gateway;

import dev.verdant.pipeline.Engine;
import dev.verdant.thread.EngineThreads;
import dev.verdant.thread.WatchedYield;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/**
 * Serves upstream services over TCP: one thread, many connections, each a turn at a time. A turn
 * reads at most one input buffer, puts all its requests into the ring with one claim, and sends all
 * replies that have arrived with one write.
 *
 * <p>Few connections are read directly, without asking the selector which are ready (the idea of
 * Agrona's TransportPoller). When there is nothing to do the thread sleeps in the selector; whoever
 * publishes replies wakes it, but only if it sleeps.
 */
final class Gateway implements AutoCloseable {
  private static final int DIRECTLY_POLLED_CONNECTIONS = 4;
  private static final int TURNS_BETWEEN_ACCEPTS = 64;

  /** Longest time to close, in nanoseconds. */
  private static final long CLOSE_NANOS = 5_000_000_000L;

  /** How much of it is for requests at most; the rest is for their replies. */
  private static final long CLOSE_INPUT_NANOS = 2_000_000_000L;

  /** Longest time from one turn to the next while it closes, in nanoseconds. */
  private static final long CLOSE_TURN_NANOS = 1_000_000L;

  private final Engine engine;
  private final Reception reception;
  private final Selector selector;
  private final InetSocketAddress address;
  private final Thread thread;
  private final ArrayList<GatewayConnection> connections = new ArrayList<>();
  private final ByteBuffer discarded = ByteBuffer.allocateDirect(Reception.INPUT_LENGTH);
  private final Consumer<SelectionKey> onSelected = this::onSelected;
  private final GatewayIdle idle;
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
    this.selector = selector;
    this.address = address;
    this.idle =
        new GatewayIdle(engine.idleMode(), selector, onSelected, connections, new WatchedYield());
    this.reception =
        new Reception(
            engine,
            listener,
            selector,
            maxConnections,
            TimeUnit.NANOSECONDS.convert(helloTimeout),
            discarded,
            idle::wake);
    this.thread = new Thread(this::run, EngineThreads.GATEWAY);
  }

  /**
   * Binds and starts a gateway.
   *
   * @param address to listen at; port 0 takes a free one.
   * @param maxConnections served at once; one more is answered BUSY and closed.
   * @param helloTimeout within which a connection must say hello, else it is closed.
   * @throws IOException if the address cannot be bound.
   */
  static Gateway launch(
      Engine engine, InetSocketAddress address, int maxConnections, Duration helloTimeout)
      throws IOException {
    final ServerSocketChannel listener = Reception.listen(address);
    Selector selector = null;
    try {
      selector = Selector.open();
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
    } catch (IOException | RuntimeException | Error e) {
      CloseHelper.closeAll(selector, listener);
      throw e;
    }
  }

  /** Where it listens, the port it was given included. */
  InetSocketAddress address() {
    return address;
  }

  /** Connections that are open, or have requests in flight. Any thread. */
  int connectionCount() {
    return connectionCount;
  }

  /** Connections turned away so far: too many open, or no descriptor or memory left. Any thread. */
  long refusedConnections() {
    return reception.refusedConnections();
  }

  private void run() {
    try {
      for (int turn = 0; !closing; turn++) {
        idle.rest(turnAll(turn), timerNanos());
      }
      finish();
    } catch (IOException | RuntimeException | Error e) {
      engine.fail(e);
    } finally {
      release();
    }
  }

  private int turnAll(int turn) throws IOException {
    reception.resume();
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

  private long timerNanos() {
    return closing ? CLOSE_TURN_NANOS : reception.timerNanos();
  }

  private int pollConnections() {
    int work = 0;
    for (int i = connections.size() - 1; i >= 0; i--) {
      work += connections.get(i).receive();
    }
    engine.carryOn();
    for (int i = connections.size() - 1; i >= 0; i--) {
      final GatewayConnection connection = connections.get(i);
      work += connection.send(discarded);
      if (connection.isDone()) {
        connections.remove(i);
        connectionCount = connections.size();
        reception.takeBack(connection);
      }
    }
    return work;
  }

  private void updateInterests() {
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).updateInterest();
    }
  }

  private void onSelected(SelectionKey key) {
    if (key.attachment() instanceof GatewayConnection connection) {
      connection.markReadable();
    } else if (key.isAcceptable()) {
      add(reception.accept(connections.size()));
    }
  }

  private void add(GatewayConnection connection) {
    if (connection != null) {
      connections.add(connection);
      connectionCount = connections.size();
    }
  }

  /** Answers what has been received, sends it, and says goodbye. */
  private void finish() throws IOException {
    reception.close();
    final long startNanos = System.nanoTime();
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).finishInput();
    }
    turnUntil(startNanos + CLOSE_INPUT_NANOS);
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).endInput();
    }
    turnUntil(startNanos + CLOSE_NANOS);
  }

  private void turnUntil(long deadlineNanos) throws IOException {
    while (!connections.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
      idle.rest(pollConnections(), timerNanos());
    }
  }

  private void release() {
    for (final GatewayConnection connection : connections) {
      connection.abort();
    }
    connections.clear();
    connectionCount = 0;
    try {
      reception.close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the gateway", e);
    }
  }

  /**
   * Stops listening, answers what has been received, and closes the connections: within seconds,
   * whatever the peers do. So a peer that sends on and on, or does not read, may miss answers.
   * Returns when that is done, unless called from the gateway's own thread.
   */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    if (thread != Thread.currentThread() && EngineThreads.join(thread)) {
      Thread.currentThread().interrupt();
    }
  }
}
