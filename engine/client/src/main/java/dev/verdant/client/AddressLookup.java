package dev.verdant.client;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Finds the addresses of endpoints without keeping the caller waiting: the platform asks for a name
 * as long as the name service takes, so it does that on a daemon thread, at most one an endpoint.
 *
 * <p>Only the client's own thread uses it.
 */
final class AddressLookup {
  /** What the platform reads as an address, without asking for it as a name. */
  private static final Pattern NUMERIC =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?=\\d)|$)){4}|\\p{XDigit}*:[\\p{XDigit}:.]*");

  private final UnaryOperator<InetSocketAddress> resolver;
  private final Runnable onFound;
  private final Map<InetSocketAddress, CompletableFuture<InetSocketAddress>> pending =
      new HashMap<>();

  /**
   * Looks nothing up so far.
   *
   * @param resolver makes an address of an endpoint, in its own time.
   * @param onFound runs when {@link #poll} has news; on any thread.
   */
  AddressLookup(UnaryOperator<InetSocketAddress> resolver, Runnable onFound) {
    this.resolver = resolver;
    this.onFound = onFound;
  }

  /** The platform's way from an endpoint to an address, unresolved where there is no such host. */
  static InetSocketAddress resolve(InetSocketAddress endpoint) {
    return new InetSocketAddress(endpoint.getHostString(), endpoint.getPort());
  }

  /**
   * The address of an endpoint, or null so far. Who gives up and asks again later gets the answer
   * to the first question, if it has come by then.
   */
  InetSocketAddress poll(InetSocketAddress endpoint) {
    if (NUMERIC.matcher(endpoint.getHostString()).matches()) {
      return resolver.apply(endpoint);
    }
    CompletableFuture<InetSocketAddress> lookup = pending.computeIfAbsent(endpoint, this::begin);
    if (!lookup.isDone()) {
      return null;
    }
    pending.remove(endpoint);
    return lookup.join();
  }

  private CompletableFuture<InetSocketAddress> begin(InetSocketAddress endpoint) {
    return CompletableFuture.supplyAsync(() -> resolver.apply(endpoint), this::startThread);
  }

  private void startThread(Runnable lookup) {
    Thread thread =
        new Thread(
            () -> {
              lookup.run();
              onFound.run();
            },
            "verdant-client-lookup");
    thread.setDaemon(true);
    thread.start();
  }
}
