package dev.verdant.gateway;

import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An engine with a gateway before it:
 *
 * <pre>{@code
 * LedgerServer server =
 *     LedgerServer.launch(
 *         new LedgerServer.Context()
 *             .engine(new EngineContext().ledger(ledger).journal(journal).failureListener(end))
 *             .port(7411));
 * }</pre>
 *
 * Ledger and journal stay the caller's to close, after the server. Safe from any thread.
 */
public final class LedgerServer implements AutoCloseable {
  private final Engine engine;
  private final Gateway gateway;

  private LedgerServer(Engine engine, Gateway gateway) {
    this.engine = engine;
    this.gateway = gateway;
  }

  /**
   * Starts a server.
   *
   * @throws IOException if the address cannot be bound; nothing runs then.
   * @throws IllegalArgumentException if an option is missing or out of range.
   */
  public static LedgerServer launch(Context context) throws IOException {
    context.conclude();
    final Engine engine = Engine.launch(context.engine);
    try {
      final InetSocketAddress address = new InetSocketAddress(context.host, context.port);
      return new LedgerServer(
          engine, Gateway.launch(engine, address, context.maxConnections, context.helloTimeout));
    } catch (IOException | RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  /**
   * Looks whether a server could listen at an address now: before a recovery, which may take a
   * while. Does not listen: whoever waits for the server would take that for it.
   *
   * @throws IOException if the address cannot be bound.
   */
  public static void requireFree(InetSocketAddress address) throws IOException {
    Reception.requireFree(address);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return gateway.address();
  }

  /** The engine, for connections within the process and counters. */
  public Engine engine() {
    return engine;
  }

  /** Connections that are open, or have requests in flight. */
  public int connectionCount() {
    return gateway.connectionCount();
  }

  /** Connections turned away so far: too many open, or no descriptor or memory left. */
  public long refusedConnections() {
    return gateway.refusedConnections();
  }

  /**
   * Takes no more requests, answers those taken, forces the journal, closes every connection. From
   * a thread of the engine (a failure listener) it returns at once and goes on by itself.
   */
  @Override
  public void close() {
    if (engine.isStageThread(Thread.currentThread())) {
      new Thread(this::close, "verdant-close").start();
      return;
    }
    engine.drain();
    gateway.close();
    engine.close();
  }

  /** The server's options. */
  public static final class Context {
    /** Port to listen at, where no other is set. */
    public static final int DEFAULT_PORT = 7411;

    /** Connections served at once, where no other number is set. */
    public static final int DEFAULT_MAX_CONNECTIONS = 256;

    private EngineContext engine;
    private String host = "127.0.0.1";
    private int port = DEFAULT_PORT;
    private int maxConnections = DEFAULT_MAX_CONNECTIONS;
    private Duration helloTimeout = Duration.ofSeconds(5);

    /** The engine's options. Required. */
    public Context engine(EngineContext engine) {
      this.engine = engine;
      return this;
    }

    /** Address or name to listen at; 127.0.0.1 by default. */
    public Context host(String host) {
      this.host = host;
      return this;
    }

    /** Port to listen at, 0 for a free one; 7411 by default. */
    public Context port(int port) {
      this.port = port;
      return this;
    }

    /** Connections served at once, at least 1; 256 by default, some 640 KiB each. */
    public Context maxConnections(int maxConnections) {
      this.maxConnections = maxConnections;
      return this;
    }

    /** Within which a connection must say hello, else it is closed; more than 0, 5 s by default. */
    public Context helloTimeout(Duration helloTimeout) {
      this.helloTimeout = helloTimeout;
      return this;
    }

    /**
     * Checks the options, but for the engine's own: the engine does.
     *
     * @throws IllegalArgumentException naming the option that is missing or out of range.
     */
    Context conclude() {
      if (engine == null) {
        throw new IllegalArgumentException("the engine's options are missing");
      }
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port " + port + " is not in 0..65535");
      }
      if (maxConnections < 1) {
        throw new IllegalArgumentException("max connections " + maxConnections + " is below 1");
      }
      if (helloTimeout.isNegative() || helloTimeout.isZero()) {
        throw new IllegalArgumentException("hello timeout " + helloTimeout + " is not above 0");
      }
      return this;
    }
  }
}
