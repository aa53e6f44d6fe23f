package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.BlockingVerdantClient;
import dev.verdant.client.TcpMessageConnection;
import dev.verdant.client.VerdantClient;
import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.View;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.client.result.ScanResult;
import dev.verdant.ledger.Ledger;
import dev.verdant.ops.session.Exchange;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of readers that are slow, dead, late or many on one connection. */
class ReadersTest {
  private static final int MEMBERS = 1_100;
  private static final int PAGE = 512;

  @TempDir private Path directory;

  @Test
  void shouldGoOnWithOthersWhileOneStopsReadingItsBulkAnswers() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      final SteadyOrders orders = new SteadyOrders(server, client.blocking(), MEMBERS);
      // More than the buffers between the two ends take: some 46 megabytes of answers.
      final int pages = 1_000;
      try (StalledReader stalled = new StalledReader(server.port())) {
        stalled.ask(pages, new Query.Accounts(0, PAGE));
        orders.start();
        try (ReaderUnderTest other = new ReaderUnderTest(server.port())) {
          other.openView();
          assertThat(other.scan()).hasSize(MEMBERS + SteadyOrders.PARTIES);
          other.assertConsistent();
        }
        assertThat(orders.stop()).isEqualTo(orders.sent());
        assertThat(server.engine().bulkReads()).as("answers so far").isLessThan(pages);

        stalled.readAll(pages);
        assertThat(server.engine().bulkReads()).isEqualTo(pages + 1L + 3);
      }
      Awaitility.await("its view is closed with it")
          .atMost(ServerUnderTest.PATIENCE)
          .until(() -> server.engine().openSnapshots() == 0);
    }
  }

  @Test
  void shouldCloseAViewThatNobodyGoesOnWithAndSaySo() throws Exception {
    try (ServerUnderTest server =
            ServerUnderTest.launch(
                directory, engine -> engine.viewIdleTimeout(Duration.ofMillis(1)));
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      final BlockingVerdantClient reader = client.blocking();
      new SteadyOrders(server, reader, MEMBERS);
      final AccountsQueryResult page = reader.accounts(0, PAGE);
      assertThat(page.more()).isTrue();
      Awaitility.await("the view is closed")
          .atMost(ServerUnderTest.PATIENCE)
          .until(() -> server.engine().openSnapshots() == 0);
      final AccountsQueryResult next =
          reader.call(
              new Query.Accounts(
                  page.nextAccount(), PAGE, AccountFilter.all(), View.of(page.sequence())));

      assertThat(next.status()).isEqualTo(Status.VIEW_GONE);
      assertThat(next.accounts()).isEmpty();
      assertThat(reader.digest(View.of(999)).status()).isEqualTo(Status.VIEW_GONE);
      assertThat(reader.accounts(0, PAGE).accounts()).hasSize(PAGE);
    }
  }

  @Test
  void shouldTellWhereAScanEndedWhenItsViewWasGivenUp() throws Exception {
    try (Ledger ledger = new Ledger(256 * 1024);
        ServerUnderTest server =
            ServerUnderTest.launch(directory, engine -> engine.ledger(ledger));
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      final SteadyOrders orders = new SteadyOrders(server, client.blocking(), MEMBERS);
      final List<AccountState> accounts = new ArrayList<>();
      final ScanResult scan =
          client
              .blocking()
              .scanAccounts(
                  0,
                  AccountFilter.all(),
                  View.now(),
                  account -> {
                    accounts.add(account);
                    if (accounts.size() == 1) {
                      orders.send(50_000);
                    }
                  });

      assertThat(scan.status()).isEqualTo(Status.VIEW_GONE);
      assertThat(scan.sequence()).isEqualTo(MEMBERS + SteadyOrders.PARTIES);
      assertThat(scan.accounts()).isEqualTo(PAGE).isEqualTo(accounts.size());
      assertThat(scan.nextAccount()).isGreaterThan(accounts.get(PAGE - 1).account());
      assertThat(server.commands()).isEqualTo(MEMBERS + SteadyOrders.PARTIES + 50_000);
      assertThat(server.engine().counters().abandonedSnapshots()).isEqualTo(1);
      assertThat(server.engine().counters().keptForSnapshotsBytes())
          .isLessThanOrEqualTo(256 * 1024);
      assertThat(
              client
                  .blocking()
                  .scanAccounts(0, AccountFilter.all(), View.now(), account -> {})
                  .accounts())
          .isEqualTo(MEMBERS + SteadyOrders.PARTIES);
    }
  }

  @Test
  void shouldSeeEachOfTheCallersOwnWritesWhenTheyTravelTogether() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        TcpMessageConnection connection =
            TcpMessageConnection.connect(
                ServerUnderTest.HOST, server.port(), Duration.ofSeconds(60))) {
      final Exchange exchange = new Exchange(connection, 100, 60);
      final List<Integer> seen = new ArrayList<>();
      for (int i = 1; i <= 200; i++) {
        exchange.send(OpenAccountRequest.of(i, AccountKind.CONSUMER), opened -> {});
        exchange.send(new Query.Accounts(0, PAGE), page -> seen.add(page.accounts().size()));
      }
      exchange.awaitAll();

      assertThat(seen).hasSize(200);
      for (int i = 0; i < 200; i++) {
        assertThat(seen.get(i)).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void shouldRunTheScansOfOneClientOneAfterTheOther() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      final SteadyOrders orders = new SteadyOrders(server, client.blocking(), MEMBERS);
      orders.start();
      final List<CompletableFuture<ScanResult>> scans = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        scans.add(client.scanAccounts(0, AccountFilter.all(), View.now(), account -> {}));
        assertThat(client.blocking().trialBalance().accepted()).isTrue();
      }
      final ScanResult blocking =
          client.blocking().scanAccounts(0, AccountFilter.all(), View.now(), account -> {});
      orders.stop();

      assertThat(blocking.accounts()).isEqualTo(MEMBERS + SteadyOrders.PARTIES);
      for (final CompletableFuture<ScanResult> scan : scans) {
        final ScanResult result = scan.get(60, TimeUnit.SECONDS);
        assertThat(result.status()).isEqualTo(Status.OK);
        assertThat(result.accounts()).isEqualTo(MEMBERS + SteadyOrders.PARTIES);
        assertThat(result.sequence()).isLessThanOrEqualTo(blocking.sequence());
      }
    }
  }

  @Test
  void shouldShareAViewAmongReadersContentWithItsAge() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        VerdantClient client = VerdantClient.connect(server.attentiveClient());
        ReaderUnderTest reader = new ReaderUnderTest(server.port())) {
      final SteadyOrders orders = new SteadyOrders(server, client.blocking(), 1);
      final long sequence = reader.openView();
      orders.send(10);

      assertThat(client.blocking().digest(View.notOlderThan(Duration.ofDays(1))).sequence())
          .isEqualTo(sequence);
      assertThat(client.blocking().digest().sequence()).isEqualTo(sequence + 10);
    }
  }
}
