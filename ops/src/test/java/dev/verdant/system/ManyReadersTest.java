package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.VerdantClient;
import dev.verdant.client.result.AccountState;
import dev.verdant.protocol.codec.AccountKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers, each with a view of its own, while orders flow. */
class ManyReadersTest {
  private static final int READERS = 200;

  /** Takes three pages. */
  private static final int MEMBERS = 1_100;

  /** For a view of which the scan is still to come: the readers before may take their time. */
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path directory;

  @Test
  void shouldGiveTwoHundredReadersAConsistentViewEachWhileOrdersFlow() throws Exception {
    final List<ReaderUnderTest> readers = new ArrayList<>();
    try (ServerUnderTest server =
            ServerUnderTest.launch(directory, engine -> engine.viewIdleTimeout(LONG));
        VerdantClient client = VerdantClient.connect(server.attentiveClient())) {
      final SteadyOrders orders = new SteadyOrders(server, client.blocking(), MEMBERS);
      orders.start();
      long lastSequence = 0;
      for (int i = 0; i < READERS; i++) {
        orders.open(i + 1L, AccountKind.CONSUMER);
        final ReaderUnderTest reader = new ReaderUnderTest(server.port());
        readers.add(reader);
        final long sequence = reader.openView();
        assertThat(sequence).isGreaterThan(lastSequence);
        lastSequence = sequence;
      }
      for (int i = 0; i < READERS; i++) {
        final List<AccountState> accounts = readers.get(i).scan();
        readers.get(i).assertConsistent();
        assertThat(accounts).hasSize(SteadyOrders.PARTIES + MEMBERS + i + 1);
        assertThat(accounts.get(i).account()).as("the caller's own write").isEqualTo(i + 1L);
      }
      assertThat(orders.stop()).isEqualTo(orders.sent());
      Awaitility.await("every view is closed")
          .atMost(ServerUnderTest.PATIENCE)
          .until(() -> server.engine().openSnapshots() == 0);
      assertThat(server.engine().bulkReads()).isEqualTo(READERS * (1L + 3));
      assertThat(server.engine().bulkReadsWithoutView()).isZero();
    } finally {
      CloseHelper.closeAll(readers);
    }
  }

  @Test
  void shouldReadWhatASecondLedgerHoldsAtTheSameSequence(@TempDir Path other) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        ServerUnderTest second = ServerUnderTest.launch(other);
        VerdantClient client = VerdantClient.connect(server.attentiveClient());
        VerdantClient secondClient = VerdantClient.connect(second.attentiveClient());
        ReaderUnderTest reader = new ReaderUnderTest(server.port());
        ReaderUnderTest secondReader = new ReaderUnderTest(second.port())) {
      final SteadyOrders orders = new SteadyOrders(server, client.blocking(), MEMBERS);
      orders.start();
      final long opened = MEMBERS + SteadyOrders.PARTIES;
      Awaitility.await("orders flow")
          .atMost(ServerUnderTest.PATIENCE)
          .until(() -> server.commands() > opened + 5_000);
      final long sequence = reader.openView();
      final String digest = reader.digest();
      final List<AccountState> accounts = reader.scan();
      orders.stop();

      final SteadyOrders again = new SteadyOrders(second, secondClient.blocking(), MEMBERS);
      again.send((int) (sequence - opened));
      assertThat(secondReader.openView()).isEqualTo(sequence);
      assertThat(secondReader.digest()).isEqualTo(digest);
      assertThat(secondReader.scan()).isEqualTo(accounts).hasSize((int) opened);
    }
  }
}
