package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.verdant.client.ClientConfig;
import dev.verdant.client.ReconnectPolicy;
import dev.verdant.client.VerdantClient;
import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.result.OrderResult;
import dev.verdant.gateway.LedgerServer;
import dev.verdant.journal.disk.Disk;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of a real server see of a disk that fails or is full. */
class TroubledDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long RESERVE = 1_000_000;
  private static final long MERCHANT = 1;
  private static final long BUYER = 2;
  private static final int CLIENTS = 2;
  private static final int ORDERS_EACH = 2_000;

  @TempDir Path directory;
  private final TroubledDisk disk = new TroubledDisk();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private DataDirectory open(Disk anyDisk, Durability durability) throws IOException {
    return DataDirectory.open(
        directory, TestOptions.small().reserveBytes(RESERVE).disk(anyDisk), durability);
  }

  private LedgerServer serve(DataDirectory data, Durability durability) throws IOException {
    return LedgerServer.launch(
        new LedgerServer.Context()
            .engine(
                new EngineContext()
                    .ledger(data.ledger())
                    .journal(data.journal())
                    .durability(durability)
                    .failureListener(failure::set))
            .port(0)
            .helloTimeout(PATIENCE));
  }

  private static VerdantClient connect(LedgerServer server) {
    return VerdantClient.connect(
        new ClientConfig()
            .endpoint("127.0.0.1", server.address().getPort())
            .connectTimeout(PATIENCE)
            .requestTimeout(PATIENCE)
            .drainTimeout(PATIENCE)
            .reconnectPolicy(ReconnectPolicy.never())
            .resendOnReconnect(false));
  }

  private static void openAccounts(VerdantClient client) {
    final AccountOptions concession = AccountOptions.builder().concessionBps(1_000).build();
    client
        .blocking()
        .openAccount(OpenAccountRequest.of(MERCHANT, AccountKind.MERCHANT, concession));
    client.blocking().openAccount(OpenAccountRequest.of(BUYER, AccountKind.CONSUMER));
  }

  private static OrderRequest order(long id) {
    return OrderRequest.of(TransactionId.of(id), BUYER, MERCHANT, 10_000);
  }

  private static <T> T answer(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Test
  void shouldTellEveryClientAndKeepWhatWasAcknowledgedWhenAForceFails() throws Exception {
    final List<CompletableFuture<OrderResult>> answers = new ArrayList<>();
    try (DataDirectory data = open(disk, Durability.SYNCED);
        LedgerServer server = serve(data, Durability.SYNCED)) {
      final List<VerdantClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(connect(server));
      }
      openAccounts(clients.get(0));
      assertThat(answer(clients.get(0).order(order(1))).accepted()).isTrue();
      for (int i = 0; i < ORDERS_EACH; i++) {
        for (int c = 0; c < CLIENTS; c++) {
          answers.add(clients.get(c).order(order(2 + (long) i * CLIENTS + c)));
        }
        if (i == ORDERS_EACH / 2) {
          disk.failForces();
        }
      }
      await("every call has ended")
          .atMost(PATIENCE)
          .until(() -> answers.stream().allMatch(CompletableFuture::isDone));
      await("the listener is told").atMost(PATIENCE).until(() -> failure.get() != null);
      clients.forEach(VerdantClient::close);
    }
    assertThat(failure.get()).hasMessageContaining("Input/output error");

    long acknowledged = 3;
    int refused = 0;
    for (CompletableFuture<OrderResult> answer : answers) {
      if (answer.isCompletedExceptionally()) {
        refused++;
      } else {
        assertThat(answer.join().accepted()).isTrue();
        acknowledged = Math.max(acknowledged, answer.join().sequence());
      }
    }
    assertThat(refused).isPositive();
    try (DataDirectory data = open(Disk.REAL, Durability.SYNCED)) {
      assertThat(data.recovery().lastSequence()).isGreaterThanOrEqualTo(acknowledged);
      assertThat(data.ledger().sequence()).isEqualTo(data.recovery().lastSequence());
    }
  }

  @Test
  void shouldAnswerOutOfSpaceBelowTheReserveAndGoOnWhenThereIsSpaceAgain() throws Exception {
    try (DataDirectory data = open(disk, Durability.WRITTEN);
        LedgerServer server = serve(data, Durability.WRITTEN);
        VerdantClient client = connect(server)) {
      openAccounts(client);
      disk.usableBytes(RESERVE - 1);
      await("no more commands are taken")
          .atMost(PATIENCE)
          .until(() -> answer(client.order(order(1))).status() == Status.OUT_OF_SPACE);
      final long sequence = client.blocking().sequence().sequence();
      assertThat(client.blocking().account(BUYER).account()).as("queries go on").isPresent();
      assertThat(answer(client.order(order(2))).status()).isEqualTo(Status.OUT_OF_SPACE);
      assertThat(data.journal().lastSequence()).isEqualTo(sequence);

      disk.usableBytes(RESERVE);
      await("commands are taken again")
          .atMost(PATIENCE)
          .until(() -> answer(client.order(order(3))).status() != Status.OUT_OF_SPACE);
      assertThat(client.blocking().sequence().sequence()).isEqualTo(sequence + 1);
      assertThat(failure.get()).isNull();
    }
  }
}
