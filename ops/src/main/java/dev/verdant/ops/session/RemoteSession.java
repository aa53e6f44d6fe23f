package dev.verdant.ops.session;

import dev.verdant.client.TcpMessageConnection;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.codec.ClockMode;
import java.time.Duration;

/** A session with a running server over TCP. */
public final class RemoteSession implements LedgerSession {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final TcpMessageConnection connection;
  private final String name;

  private RemoteSession(TcpMessageConnection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * Connects to a server.
   *
   * @throws dev.verdant.protocol.ConnectionLostException if none answers.
   */
  public static RemoteSession connect(String host, int port) {
    return new RemoteSession(
        TcpMessageConnection.connect(host, port, CONNECT_TIMEOUT), host + ":" + port);
  }

  @Override
  public MessageConnection connection() {
    return connection;
  }

  @Override
  public ClockMode clock() {
    return connection.server().clock();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    connection.close();
  }
}
