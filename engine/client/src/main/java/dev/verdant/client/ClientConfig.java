package dev.verdant.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration of a client. Set what differs from the defaults; {@link #conclude} checks all of it
 * once, when the client is made, and from then on it is fixed.
 */
public final class ClientConfig {
  /** Default of {@link #connectTimeout}. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Default of {@link #requestTimeout}. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(5);

  /** Default of {@link #silenceTimeout}. */
  public static final Duration DEFAULT_SILENCE_TIMEOUT = Duration.ofSeconds(30);

  /** Default of {@link #drainTimeout}. */
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(5);

  /** Default of {@link #maxInFlight}. */
  public static final int DEFAULT_MAX_IN_FLIGHT = 8192;

  /** Largest {@link #maxInFlight}. */
  public static final int LARGEST_MAX_IN_FLIGHT = 1 << 20;

  private final List<InetSocketAddress> endpoints = new ArrayList<>();
  private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
  private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
  private Duration silenceTimeout = DEFAULT_SILENCE_TIMEOUT;
  private Duration drainTimeout = DEFAULT_DRAIN_TIMEOUT;
  private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
  private BackPressure backPressure = BackPressure.WAIT;
  private ReconnectPolicy reconnectPolicy = ReconnectPolicy.persistent();
  private boolean resendOnReconnect = true;
  private String threadName = "verdant-client";
  private boolean concluded;

  /**
   * Adds a server; several are tried in turn, until one answers. A host with several addresses is
   * one server: an attempt tries them one after the other.
   */
  public ClientConfig endpoint(String host, int port) {
    requireOpen();
    endpoints.add(InetSocketAddress.createUnresolved(host, port));
    return this;
  }

  /** Sets how long one attempt to connect may take, from the look-up of its host to the hello. */
  public ClientConfig connectTimeout(Duration timeout) {
    requireOpen();
    connectTimeout = timeout;
    return this;
  }

  /** Sets the deadline of calls that name none. */
  public ClientConfig requestTimeout(Duration timeout) {
    requireOpen();
    requestTimeout = timeout;
    return this;
  }

  /**
   * Sets how long a server may owe an answer without sending a byte. Then the connection counts as
   * lost, and the next endpoint is tried. While it works on a bulk query (accounts, trial balance,
   * digest), which may be long on a large ledger, this counts from the query's deadline on.
   */
  public ClientConfig silenceTimeout(Duration timeout) {
    requireOpen();
    silenceTimeout = timeout;
    return this;
  }

  /** Sets how long {@code close} waits for answers; 0 cancels at once. */
  public ClientConfig drainTimeout(Duration timeout) {
    requireOpen();
    drainTimeout = timeout;
    return this;
  }

  /**
   * Sets how many calls may be unanswered at a time, those that wait for the server's own window
   * included; 1..{@link #LARGEST_MAX_IN_FLIGHT}. Deadlines pass unnoticed for up to a quarter of a
   * microsecond for each of them: for 2 ms with the default, for a quarter of a second with the
   * largest.
   */
  public ClientConfig maxInFlight(int calls) {
    requireOpen();
    maxInFlight = calls;
    return this;
  }

  /** Sets what a call does when {@link #maxInFlight} are unanswered. */
  public ClientConfig backPressure(BackPressure choice) {
    requireOpen();
    backPressure = choice;
    return this;
  }

  /** Sets how to come back after a broken connection. */
  public ClientConfig reconnectPolicy(ReconnectPolicy policy) {
    requireOpen();
    reconnectPolicy = policy;
    return this;
  }

  /**
   * Sets whether calls without an answer are sent again after a reconnection (the default), or fail
   * with {@code ConnectionLostException}. A transaction id happens once, however often it is sent.
   * Commands without one are harmless to repeat unless somebody else changes the same thing in
   * between: an update of an account or of the program would be set once more over that, and an
   * account updated since it was opened is answered as one that is not as asked.
   */
  public ClientConfig resendOnReconnect(boolean resend) {
    requireOpen();
    resendOnReconnect = resend;
    return this;
  }

  /** Sets the name of the client's one thread. */
  public ClientConfig threadName(String name) {
    requireOpen();
    threadName = name;
    return this;
  }

  /**
   * Checks the whole and fixes it.
   *
   * @return this.
   * @throws IllegalStateException if it was concluded before: one configuration, one client.
   * @throws IllegalArgumentException if a value is out of its range.
   */
  public ClientConfig conclude() {
    requireOpen();
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("no endpoint");
    }
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("requestTimeout", requestTimeout);
    requirePositive("silenceTimeout", silenceTimeout);
    requireSet("drainTimeout", drainTimeout);
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException("drainTimeout=" + drainTimeout);
    }
    if (maxInFlight < 1 || maxInFlight > LARGEST_MAX_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "maxInFlight=" + maxInFlight + " is out of 1.." + LARGEST_MAX_IN_FLIGHT);
    }
    requireSet("backPressure", backPressure);
    requireSet("reconnectPolicy", reconnectPolicy);
    requireSet("threadName", threadName);
    concluded = true;
    return this;
  }

  List<InetSocketAddress> endpoints() {
    return List.copyOf(endpoints);
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration requestTimeout() {
    return requestTimeout;
  }

  Duration silenceTimeout() {
    return silenceTimeout;
  }

  Duration drainTimeout() {
    return drainTimeout;
  }

  int maxInFlight() {
    return maxInFlight;
  }

  BackPressure backPressure() {
    return backPressure;
  }

  ReconnectPolicy reconnectPolicy() {
    return reconnectPolicy;
  }

  boolean resendOnReconnect() {
    return resendOnReconnect;
  }

  String threadName() {
    return threadName;
  }

  private void requireOpen() {
    if (concluded) {
      throw new IllegalStateException("the configuration is concluded");
    }
  }

  private static void requireSet(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is null");
    }
  }

  private static void requirePositive(String name, Duration value) {
    requireSet(name, value);
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
