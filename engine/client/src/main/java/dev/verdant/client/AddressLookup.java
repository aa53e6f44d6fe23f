package dev.verdant.client;

import dev.verdant.protocol.ConnectionLostException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the addresses of endpoints without keeping the caller waiting: the platform asks for a name
 * as long as the name service takes, so it does that on a daemon thread, at most one an endpoint.
 *
 * <p>Only the client's own thread uses it.
 */
final class AddressLookup {
  /** From an endpoint to the addresses of its host, none where there is no such host. */
  @FunctionalInterface
  interface Resolver {
    /** Takes its time; on any thread. */
    List<InetSocketAddress> resolve(InetSocketAddress endpoint);
  }

  /** What the platform reads as an address, without asking for it as a name. */
  private static final Pattern NUMERIC =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?=\\d)|$)){4}|\\p{XDigit}*:[\\p{XDigit}:.]*");

  private final Resolver resolver;
  private final Runnable onFound;
  private final ThreadFactory threads;
  private final Map<InetSocketAddress, CompletableFuture<List<InetSocketAddress>>> pending =
      new HashMap<>();

  /**
   * Looks nothing up so far.
   *
   * @param onFound runs when {@link #poll} has news; on any thread.
   */
  AddressLookup(Resolver resolver, Runnable onFound) {
    this(resolver, onFound, AddressLookup::daemon);
  }

  /** The same on threads of the caller's choice. */
  AddressLookup(Resolver resolver, Runnable onFound, ThreadFactory threads) {
    this.resolver = resolver;
    this.onFound = onFound;
    this.threads = threads;
  }

  /** The platform's {@link Resolver}. */
  static List<InetSocketAddress> resolve(InetSocketAddress endpoint) {
    try {
      return Stream.of(InetAddress.getAllByName(endpoint.getHostString()))
          .map(address -> new InetSocketAddress(address, endpoint.getPort()))
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /**
   * The addresses of an endpoint, or null so far. Who gives up and asks again later gets the answer
   * to the first question, if it has come by then.
   *
   * @throws ConnectionLostException if the question could not be put, or failed; it may be asked
   *     again.
   */
  List<InetSocketAddress> poll(InetSocketAddress endpoint) {
    if (NUMERIC.matcher(endpoint.getHostString()).matches()) {
      return resolver.resolve(endpoint);
    }
    CompletableFuture<List<InetSocketAddress>> lookup =
        pending.computeIfAbsent(endpoint, this::begin);
    if (!lookup.isDone()) {
      return null;
    }
    pending.remove(endpoint);
    try {
      return lookup.join();
    } catch (CompletionException e) {
      throw new ConnectionLostException(
          "cannot look up " + endpoint.getHostString() + ": " + e.getCause(), e.getCause());
    }
  }

  private CompletableFuture<List<InetSocketAddress>> begin(InetSocketAddress endpoint) {
    try {
      return CompletableFuture.supplyAsync(() -> resolver.resolve(endpoint), this::startThread);
    } catch (OutOfMemoryError e) {
      // The system has no thread more to give: it may have one at the next attempt.
      throw new ConnectionLostException("cannot look up " + endpoint.getHostString() + ": " + e, e);
    }
  }

  private void startThread(Runnable lookup) {
    threads
        .newThread(
            () -> {
              lookup.run();
              onFound.run();
            })
        .start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "verdant-client-lookup");
    thread.setDaemon(true);
    return thread;
  }
}
