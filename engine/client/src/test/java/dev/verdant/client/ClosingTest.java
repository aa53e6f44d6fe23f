package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.result.OrderResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClosingTest extends ClientTestBase {
  private final OrderBook book = new OrderBook();

  @Test
  void shouldAnswerEveryCallMadeBeforeItCloses() throws Exception {
    List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.greeting(8, (peer, templateId, bytes) -> book.bookAndAnswer(peer, bytes))) {
      try (VerdantClient client = VerdantClient.connect(config(server))) {
        for (long number = 1; number <= 1_000; number++) {
          futures.add(client.order(order(number)));
        }
      }
    }

    assertThat(futures).allSatisfy(future -> assertThat(future.join().accepted()).isTrue());
    assertThat(book.size()).isEqualTo(1_000);
  }

  @Test
  void shouldCancelWhatIsInFlightWhenItMayNotDrain() throws Exception {
    List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.greeting(8, (peer, templateId, bytes) -> {})) {
      try (VerdantClient client =
          VerdantClient.connect(config(server).drainTimeout(Duration.ZERO))) {
        for (long number = 1; number <= 100; number++) {
          futures.add(client.order(order(number)));
        }
      }
    }

    assertThat(futures)
        .allSatisfy(
            future -> assertThat(failureOf(future)).isInstanceOf(ClientClosedException.class));
  }

  @Test
  void shouldRefuseCallsOnceClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      VerdantClient client = VerdantClient.connect(config(server));
      client.close();
      client.close();

      assertThat(failureOf(client.ping())).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void shouldCompleteEveryCallWhenThreadsCallWhileItCloses() throws Exception {
    List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.greeting(8, (peer, templateId, bytes) -> book.bookAndAnswer(peer, bytes))) {
      VerdantClient client = VerdantClient.connect(config(server).drainTimeout(Duration.ZERO));
      Thread caller =
          new Thread(
              () -> {
                for (long number = 1; number <= 20_000; number++) {
                  futures.add(client.order(order(number)));
                }
              });
      caller.start();
      await(client.order(order(20_001)));
      client.close();
      caller.join();
    }

    long accepted = futures.stream().filter(future -> failureOf(future) == null).count();
    long closed =
        futures.stream().filter(f -> failureOf(f) instanceof ClientClosedException).count();
    assertThat(accepted + closed).isEqualTo(20_000);
    assertThat(book.size()).isGreaterThanOrEqualTo((int) accepted + 1);
  }

  @Test
  void shouldCloseFromItsOwnThreadWithoutWaitingForItself() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      VerdantClient client = VerdantClient.connect(config(server));

      await(client.ping().thenAccept(pong -> client.close()));

      client.close();
      assertThat(failureOf(client.ping())).isInstanceOf(ClientClosedException.class);
    }
  }
}
