package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.Result;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconnectionTest extends ClientTestBase {
  private static final int WINDOW = 64;

  private final OrderBook book = new OrderBook();

  @Test
  void shouldBookEveryOrderOnceWhenTheServerHangsUpAgainAndAgain() throws Exception {
    int count = 5_000;
    try (ScriptedServer server =
            ScriptedServer.greeting(
                WINDOW,
                (peer, templateId, message) -> {
                  if (book.received() % 97 == 96) {
                    book.book(message);
                    peer.hangUp();
                  } else {
                    book.bookAndAnswer(peer, message);
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      List<OrderResult> results = placeOrders(client, count);

      assertThat(results).allMatch(Result::accepted);
      assertThat(results)
          .extracting(result -> result.balances().orElseThrow().merchantPayableFen())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
      assertThat(results).filteredOn(Result::resent).isNotEmpty();
      assertThat(results).filteredOn(result -> !result.resent()).isNotEmpty();
      assertThat(book.size()).isEqualTo(count);
      assertThat(book.sum()).isEqualTo(count * (count + 1L) / 2);
      assertThat(server.connections()).isGreaterThanOrEqualTo(1 + count / 97);
    }
  }

  @Test
  void shouldReportAnOrderAsAcceptedWhenOnlyItsReplyWasLost() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.greeting(
                WINDOW,
                (peer, templateId, message) -> {
                  if (book.received() == 0) {
                    book.book(message);
                    peer.halfAnOrderReply(Frame.correlationId(message, 0));
                    peer.hangUp();
                  } else {
                    book.bookAndAnswer(peer, message);
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      OrderResult result = await(client.order(order(1)));

      assertThat(result.status()).isEqualTo(Status.OK);
      assertThat(result.resent()).isTrue();
      assertThat(book.received()).isEqualTo(2);
      assertThat(book.size()).isEqualTo(1);
    }
  }

  @Test
  void shouldReportADuplicateThatTheCallerMade() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(WINDOW, this::answer);
        VerdantClient client = VerdantClient.connect(config(server))) {
      assertThat(await(client.order(order(1))).status()).isEqualTo(Status.OK);

      OrderResult again = await(client.order(order(1)));

      assertThat(again.status()).isEqualTo(Status.DUPLICATE);
      assertThat(again.resent()).isFalse();
    }
  }

  @Test
  void shouldFailWhatWasInFlightAndGoOnWhenItMayNotSendAgain() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.greeting(
                WINDOW,
                (peer, templateId, message) -> {
                  if (book.received() == 0) {
                    book.book(message);
                    peer.hangUp();
                  } else {
                    book.bookAndAnswer(peer, message);
                  }
                });
        VerdantClient client =
            VerdantClient.connect(
                config(server)
                    .maxInFlight(1)
                    .backPressure(BackPressure.FAIL_FAST)
                    .resendOnReconnect(false))) {
      assertThat(failureOf(client.order(order(1)))).isInstanceOf(ConnectionLostException.class);

      assertThat(await(client.order(order(2))).accepted()).isTrue();
      assertThat(book.received()).isEqualTo(2);
    }
  }

  @Test
  void shouldSayThatACallMayBeInForceWhenItIsTooLongForTheServerMetOnTheWayBack() throws Exception {
    AtomicInteger hellos = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.bare(
                (peer, templateId, message) -> {
                  if (templateId != HelloDecoder.TEMPLATE_ID) {
                    book.book(message);
                    peer.hangUp();
                  } else if (hellos.incrementAndGet() == 1) {
                    peer.helloReply(WINDOW);
                  } else {
                    peer.helloReply(WINDOW, Frame.LENGTH_PREFIX + Frame.MIN_MESSAGE_LENGTH);
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      assertThat(failureOf(client.order(order(1))))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("may be in force")
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(book.size()).isEqualTo(1);

      assertThat(failureOf(client.order(order(2)))).isInstanceOf(IllegalArgumentException.class);
      assertThat(book.received()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotSendAgainWhatNobodyWaitsFor() throws Exception {
    AtomicReference<ServerPeer> peer = new AtomicReference<>();
    try (ScriptedServer server =
            ScriptedServer.greeting(
                WINDOW,
                (servedPeer, templateId, message) -> {
                  peer.set(servedPeer);
                  if (OrderBook.decode(message).amount() == 2) {
                    book.book(message);
                  } else {
                    book.bookAndAnswer(servedPeer, message);
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      await(client.order(order(1)));
      assertThat(failureOf(client.call(order(2), LONG_ENOUGH_TO_SEND)))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("without an answer");
      Awaitility.await("the order has arrived").atMost(LONG).until(() -> book.received() == 2);
      peer.get().hangUp();
      Awaitility.await("the client is back").atMost(LONG).until(() -> server.connections() == 2);

      assertThat(await(client.order(order(3))).resent()).isFalse();
      assertThat(book.received()).isEqualTo(3);
    }
  }

  @Test
  void shouldFailEveryCallWhenItMayNotComeBack() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.greeting(WINDOW, (peer, templateId, message) -> peer.hangUp());
        VerdantClient client =
            VerdantClient.connect(config(server).reconnectPolicy(ReconnectPolicy.never()))) {
      List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
      for (long number = 1; number <= 100; number++) {
        futures.add(client.order(order(number)));
      }

      assertThat(futures)
          .allSatisfy(
              future -> assertThat(failureOf(future)).isInstanceOf(ConnectionLostException.class));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void shouldGiveUpAfterTheAttemptsOfThePolicy() throws Exception {
    ScriptedServer server = ScriptedServer.greeting(WINDOW, this::answer);
    try (VerdantClient client =
        VerdantClient.connect(
            config(server)
                .reconnectPolicy(
                    new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(2), 3)))) {
      await(client.order(order(1)));
      server.close();

      assertThat(failureOf(client.order(order(2))))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("gave up after 3 attempts");
    }
  }

  @Test
  void shouldNotCountConnectionsThatWereClosedUnused() throws Exception {
    AtomicInteger hellos = new AtomicInteger();
    ScriptedServer server =
        ScriptedServer.bare(
            (peer, templateId, message) -> {
              if (templateId != HelloDecoder.TEMPLATE_ID) {
                answer(peer, templateId, message);
                peer.hangUp();
              } else {
                peer.helloReply(WINDOW);
                if (hellos.incrementAndGet() > 1) {
                  peer.hangUp();
                }
              }
            });
    try (VerdantClient client =
        VerdantClient.connect(
            config(server)
                .reconnectPolicy(
                    new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(2), 3)))) {
      await(client.order(order(1)));
      Awaitility.await("more of them than attempts")
          .atMost(LONG)
          .until(() -> server.connections() > 5);
      server.close();

      assertThat(failureOf(client.order(order(2))))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("gave up after 3 attempts");
    }
  }

  @Test
  void shouldTryTheNextEndpointWhenOneDoesNotAnswer() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(WINDOW, this::answer);
        VerdantClient client =
            VerdantClient.connect(
                new ClientConfig()
                    .endpoint("127.0.0.1", unusedPort())
                    .endpoint("127.0.0.1", server.port())
                    .connectTimeout(LONG)
                    .requestTimeout(LONG))) {
      assertThat(await(client.order(order(1))).accepted()).isTrue();
    }
  }

  @Test
  void shouldFailToConnectWhenNoEndpointAnswers() throws IOException {
    ClientConfig config = new ClientConfig().endpoint("127.0.0.1", unusedPort());

    assertThatThrownBy(() -> VerdantClient.connect(config))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("gave up after 1 attempt: ");
  }

  @Test
  void shouldFailToConnectWhenTheServerDoesNotAnswerTheHello() throws Exception {
    try (ScriptedServer server = ScriptedServer.bare((peer, templateId, message) -> {})) {
      ClientConfig config =
          new ClientConfig()
              .endpoint("127.0.0.1", server.port())
              .connectTimeout(LONG_ENOUGH_TO_SEND);

      assertThatThrownBy(() -> VerdantClient.connect(config))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("no answer to the hello");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUSY", "SHUTTING_DOWN", "ENGINE_FAILED"})
  void shouldTryAgainWhenTheServerCannotServeNow(Status status) throws Exception {
    AtomicInteger hellos = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.bare(
            (peer, templateId, message) -> {
              if (templateId != HelloDecoder.TEMPLATE_ID) {
                peer.hangUp();
              } else if (hellos.incrementAndGet() % 3 == 1) {
                peer.helloReply(WINDOW);
              } else {
                peer.error(0, status, "not now");
              }
            })) {
      try (VerdantClient client = VerdantClient.connect(config(server))) {
        CompletableFuture<OrderResult> order = client.order(order(1));
        Awaitility.await("two refusals").atMost(LONG).until(() -> hellos.get() >= 4);
        assertThat(order).isNotDone();
        order.cancel(false);
      }
    }
  }

  @Test
  void shouldComeBackWhenTheServerAnswersSomethingElse() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.greeting(
                WINDOW,
                (peer, templateId, message) -> {
                  book.book(message);
                  long correlationId = Frame.correlationId(message, 0);
                  peer.orderReply(
                      book.received() == 1 ? correlationId + 1 : correlationId, 1, Status.OK, 1);
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      assertThat(await(client.order(order(1))).resent()).isTrue();
      assertThat(server.connections()).isEqualTo(2);
      assertThat(book.received()).isEqualTo(2);
    }
  }

  private void answer(ServerPeer peer, int templateId, UnsafeBuffer message) throws IOException {
    book.bookAndAnswer(peer, message);
  }

  private static List<OrderResult> placeOrders(VerdantClient client, int count) {
    List<CompletableFuture<OrderResult>> futures = new ArrayList<>(count);
    for (long number = 1; number <= count; number++) {
      futures.add(client.order(order(number)));
    }
    Awaitility.await("all answers")
        .atMost(LONG)
        .until(() -> futures.stream().allMatch(CompletableFuture::isDone));
    return futures.stream().map(CompletableFuture::join).toList();
  }
}
