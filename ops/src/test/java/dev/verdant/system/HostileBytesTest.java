package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.BlockingVerdantClient;
import dev.verdant.client.VerdantClient;
import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.protocol.codec.AccountKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server under fire keeps its other connections and its books. */
class HostileBytesTest {
  private static final int PEERS = 2;
  private static final int FRAMES_EACH = 100_000;
  private static final long SEED = 20_260_101;
  private static final long SHOP = 2_001;
  private static final long MEMBER = 1_001;
  private static final int ORDERS_AT_ONCE = 50;

  @TempDir private Path directory;

  @Test
  void shouldLiveAndBalanceWhenTwoHundredThousandHostileFramesArrive() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PEERS);
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      BlockingVerdantClient bystander = client.blocking();
      open(bystander);
      List<Future<Integer>> peers = new ArrayList<>();
      for (int peer = 0; peer < PEERS; peer++) {
        peers.add(threads.submit(new HostilePeer(server.port(), FRAMES_EACH, SEED + peer)));
      }

      int orders = 0;
      while (!peers.stream().allMatch(Future::isDone) || orders == 0) {
        assertThat(orderSome(client, orders)).allMatch(OrderResult::accepted);
        orders += ORDERS_AT_ONCE;
      }

      for (Future<Integer> peer : peers) {
        assertThat(peer.get()).isEqualTo(FRAMES_EACH);
      }
      assertBystander(bystander, orders);
      assertBalanced(bystander.trialBalance());
      assertThat(server.commands()).isGreaterThan(2 + orders);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void open(BlockingVerdantClient bystander) {
    AccountOptions concession = AccountOptions.builder().concessionBps(2_000).build();
    assertThat(
            bystander
                .openAccount(OpenAccountRequest.of(SHOP, AccountKind.MERCHANT, concession))
                .accepted())
        .isTrue();
    assertThat(
            bystander.openAccount(OpenAccountRequest.of(MEMBER, AccountKind.CONSUMER)).accepted())
        .isTrue();
  }

  private static List<OrderResult> orderSome(VerdantClient client, int ordersSoFar) {
    List<CompletableFuture<OrderResult>> answers = new ArrayList<>();
    for (int i = 1; i <= ORDERS_AT_ONCE; i++) {
      answers.add(
          client.order(OrderRequest.of(TransactionId.of(ordersSoFar + i), MEMBER, SHOP, 10_000)));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  /** Each order of 100.00 yuan: 20.00 conceded, 64.00 payable, 16.00 reserved. */
  private static void assertBystander(BlockingVerdantClient bystander, long orders) {
    AccountState shop = bystander.account(SHOP).account().orElseThrow();
    AccountState member = bystander.account(MEMBER).account().orElseThrow();
    assertThat(shop.turnoverFen()).isEqualTo(orders * 10_000);
    assertThat(shop.payableFen()).isEqualTo(orders * 6_400);
    assertThat(shop.reserveFen()).isEqualTo(orders * 1_600);
    assertThat(shop.pointsCp()).isEqualTo(orders * 2_000);
    assertThat(member.turnoverFen()).isEqualTo(orders * 10_000);
    assertThat(member.coinCc()).isEqualTo(orders * 2_000);
    assertThat(member.pointsCp()).isEqualTo(orders * 2_000);
  }

  private static void assertBalanced(TrialBalanceResult books) {
    assertThat(books.entries()).isNotEmpty();
    assertThat(books.imbalances()).isEmpty();
  }
}
