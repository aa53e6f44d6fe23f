package dev.verdant.ops.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that sends again, after a crash, what it has no answer to. */
class ExactlyOnceSystemTest {
  private static final long MEMBER = 1;
  private static final long MERCHANT = 2;
  private static final long AMOUNT_FEN = 10_000;
  private static final int ORDERS = 100;
  private static final int WINDOW = 256;
  private static final int DEADLINE_SECONDS = 60;

  @TempDir Path directory;

  @Test
  void shouldDoEachOrderOnceAndRepeatTheSameRejectionWhenAllIsSentAgainAfterAKill()
      throws Exception {
    try (ServerProcess server = start();
        RemoteSession session = RemoteSession.connect("127.0.0.1", server.port())) {
      Exchange exchange = exchange(session);
      openAccounts(exchange);
      assertThat(exchange.call(order(1)).status()).isEqualTo(Status.OK);
      assertThat(exchange.call(withCoupon(2)).status()).isEqualTo(Status.INSUFFICIENT_COUPONS);
      for (int id = 3; id <= ORDERS; id++) {
        assertThat(exchange.post(order(id), result -> {})).isTrue();
      }
      exchange.flush();
      server.kill();
    }
    try (ServerProcess server = start();
        RemoteSession session = RemoteSession.connect("127.0.0.1", server.port())) {
      Exchange exchange = exchange(session);
      assertThat(exchange.call(order(1)).status()).isEqualTo(Status.DUPLICATE);
      assertThat(exchange.call(withCoupon(2)).status()).isEqualTo(Status.INSUFFICIENT_COUPONS);
      List<OrderResult> results = new ArrayList<>();
      for (int id = 3; id <= ORDERS; id++) {
        exchange.send(order(id), results::add);
      }
      exchange.awaitAll();
      assertThat(results).extracting(OrderResult::status).isSubsetOf(Status.OK, Status.DUPLICATE);
      assertThat(results).hasSize(ORDERS - 2);
      TrialBalanceResult books = exchange.call(new Query.TrialBalance());
      assertThat(books.amount(Asset.CNY, BookAccount.CHANNEL_CLEARING))
          .isEqualTo((ORDERS - 1) * AMOUNT_FEN);
      assertThat(books.sum(Asset.CNY)).isZero();
    }
  }

  private ServerProcess start() throws Exception {
    return new ServerLaunch(directory.resolve("data"))
        .options(List.of("--clock", "commands"))
        .start();
  }

  private static Exchange exchange(RemoteSession session) {
    return new Exchange(session.connection(), WINDOW, DEADLINE_SECONDS);
  }

  private static void openAccounts(Exchange exchange) {
    AccountOptions rate = AccountOptions.builder().concessionBps(1_500).build();
    OpenAccountRequest member = OpenAccountRequest.of(MEMBER, AccountKind.CONSUMER);
    OpenAccountRequest merchant = OpenAccountRequest.of(MERCHANT, AccountKind.MERCHANT, rate);
    assertThat(exchange.call(member.at(1)).status()).isEqualTo(Status.OK);
    assertThat(exchange.call(merchant.at(1)).status()).isEqualTo(Status.OK);
  }

  private static OrderRequest order(int id) {
    return OrderRequest.of(TransactionId.of(id), MEMBER, MERCHANT, AMOUNT_FEN).at(1);
  }

  /** Nobody has any coupons yet. */
  private static OrderRequest withCoupon(int id) {
    return order(id).withCoupon(AMOUNT_FEN / 2);
  }
}
