package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.BlockingVerdantClient;
import dev.verdant.client.VerdantClient;
import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four connections, two million orders in flight as fast as they go: nothing lost, no garbage. */
class LoadTest {
  private static final int CONNECTIONS = 4;
  private static final int ORDERS_EACH = 500_000;
  private static final long ORDERS = (long) CONNECTIONS * ORDERS_EACH;
  private static final int WARM_UP_ORDERS = 200_000;

  /** The least of these counts: compiling allocates in some, an object a batch in every one. */
  private static final int PHASES = 4;

  /** What mapping the next piece of the journal's file may cost in a phase. */
  private static final long LARGEST_ALLOCATION = 16 * 1024;

  private static final int CONCESSION_BPS = 2_000;

  @TempDir private Path directory;

  @Test
  void shouldBookEveryOrderExactlyWhenFourConnectionsPipelineTwoMillion() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      BlockingVerdantClient bookkeeper = client.blocking();
      List<OrderLoad> loads = new ArrayList<>();
      for (int number = 0; number < CONNECTIONS; number++) {
        loads.add(new OrderLoad(server.port(), number, ORDERS_EACH / PHASES));
      }
      OrderLoad warmUp = new OrderLoad(server.port(), CONNECTIONS, WARM_UP_ORDERS);
      List<OrderLoad> all = new ArrayList<>(loads);
      all.add(warmUp);
      all.forEach(load -> open(bookkeeper, load));
      runAll(List.of(warmUp));
      long leastAllocated = Long.MAX_VALUE;

      for (int phase = 0; phase < PHASES; phase++) {
        LedgerThreadAllocation allocation = LedgerThreadAllocation.start();
        runAll(loads);
        leastAllocated = Math.min(leastAllocated, allocation.bytes());
      }

      long commands = ORDERS + WARM_UP_ORDERS + 2L * all.size();
      assertThat(loads).allSatisfy(load -> assertThat(load.accepted()).isEqualTo(ORDERS_EACH));
      assertThat(server.commands()).isEqualTo(commands);
      assertThat(bookkeeper.sequence().sequence()).isEqualTo(commands);
      all.forEach(load -> assertBalances(bookkeeper, load));
      assertBooks(bookkeeper.trialBalance(), all);
      assertThat(leastAllocated).isLessThan(LARGEST_ALLOCATION);
    }
  }

  private static void open(BlockingVerdantClient bookkeeper, OrderLoad load) {
    AccountOptions concession = AccountOptions.builder().concessionBps(CONCESSION_BPS).build();
    assertThat(
            bookkeeper
                .openAccount(
                    OpenAccountRequest.of(load.merchant(), AccountKind.MERCHANT, concession))
                .accepted())
        .isTrue();
    assertThat(
            bookkeeper
                .openAccount(OpenAccountRequest.of(load.buyer(), AccountKind.CONSUMER))
                .accepted())
        .isTrue();
  }

  private static void runAll(List<OrderLoad> loads) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>(loads);
      for (Future<Void> end : threads.invokeAll(tasks)) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Every amount is a multiple of 100 yuan, so that no share is rounded (rulebook section 4). */
  private static void assertBalances(BlockingVerdantClient bookkeeper, OrderLoad load) {
    AccountState merchant = bookkeeper.account(load.merchant()).account().orElseThrow();
    AccountState buyer = bookkeeper.account(load.buyer()).account().orElseThrow();
    long concession = load.amountSum() / 10_000 * CONCESSION_BPS;
    assertThat(merchant.turnoverFen()).isEqualTo(load.amountSum());
    assertThat(merchant.payableFen()).isEqualTo((load.amountSum() - concession) / 10 * 8);
    assertThat(merchant.reserveFen()).isEqualTo((load.amountSum() - concession) / 10 * 2);
    assertThat(merchant.pointsCp()).isEqualTo(concession);
    assertThat(buyer.turnoverFen()).isEqualTo(load.amountSum());
    assertThat(buyer.coinCc()).isEqualTo(concession);
    assertThat(buyer.pointsCp()).isEqualTo(concession);
  }

  private static void assertBooks(TrialBalanceResult books, List<OrderLoad> loads) {
    long cash = loads.stream().mapToLong(OrderLoad::amountSum).sum();
    assertThat(books.amount(Asset.CNY, BookAccount.CHANNEL_CLEARING)).isEqualTo(cash);
    assertThat(books.imbalances()).isEmpty();
  }
}
