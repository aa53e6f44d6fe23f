package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.BlockingVerdantClient;
import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.protocol.codec.AccountKind;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Orders of one buyer at one merchant, one after the other, for as long as it is wanted. */
final class SteadyOrders {
  /** Accounts of the orders. */
  static final int PARTIES = 2;

  private static final int ORDERS_A_ROUND = 1_000;
  private static final long FIRST_MEMBER = 100_000;
  private static final int CONCESSION_BPS = 2_000;

  private final int port;
  private final BlockingVerdantClient bookkeeper;
  private final OrderLoad load;
  private final FutureTask<Long> rounds = new FutureTask<>(this::goRound);
  private volatile boolean stopped;

  /** Opens the accounts of the orders, and so many that take no part. */
  SteadyOrders(ServerUnderTest server, BlockingVerdantClient bookkeeper, int members) {
    this.port = server.port();
    this.bookkeeper = bookkeeper;
    this.load = new OrderLoad(port, 0, ORDERS_A_ROUND);
    open(load.buyer(), AccountKind.CONSUMER);
    open(load.merchant(), AccountKind.MERCHANT);
    for (int i = 0; i < members; i++) {
      open(FIRST_MEMBER + i, AccountKind.CONSUMER);
    }
  }

  void open(long account, AccountKind kind) {
    final AccountOptions options =
        kind == AccountKind.MERCHANT
            ? AccountOptions.builder().concessionBps(CONCESSION_BPS).build()
            : AccountOptions.NONE;
    assertThat(bookkeeper.openAccount(OpenAccountRequest.of(account, kind, options)).accepted())
        .isTrue();
  }

  /** Sends the first so many of the orders, and waits for the answers. */
  void send(int count) {
    new OrderLoad(port, 0, count).call();
  }

  /** Lets orders flow. */
  void start() {
    new Thread(rounds, "test-orders").start();
  }

  private long goRound() {
    long sent = 0;
    while (!stopped) {
      load.call();
      sent += ORDERS_A_ROUND;
    }
    return sent;
  }

  /** Ends the flow; returns how many orders were accepted. */
  long stop() throws Exception {
    sent();
    return load.accepted();
  }

  /** Ends the flow; returns how many orders were sent. */
  long sent() throws Exception {
    stopped = true;
    return rounds.get(60, TimeUnit.SECONDS);
  }
}
