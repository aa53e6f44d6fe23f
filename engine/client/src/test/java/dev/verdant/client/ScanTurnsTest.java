package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.View;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.PingResult;
import dev.verdant.client.result.ScanResult;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.AccountsQueryDecoder;
import dev.verdant.protocol.codec.PingDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The server here answers no page before it is pinged, so that until then a scan runs. */
class ScanTurnsTest extends ClientTestBase {
  private static final int PAGE = AccountsQueryDecoder.TEMPLATE_ID;
  private static final int PING = PingDecoder.TEMPLATE_ID;

  private final List<Integer> received = new CopyOnWriteArrayList<>();
  private final List<Long> heldPages = new ArrayList<>();

  @Test
  void shouldNotStartBesideTheScanThatRunsWhenTheOneBetweenIsCancelled() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, this::holdPages);
        VerdantClient client = VerdantClient.connect(config(server))) {
      CompletableFuture<ScanResult> running = scan(client);
      scan(client).cancel(false);
      CompletableFuture<ScanResult> next = scan(client);

      requireOneAfterTheOther(client, running, next);
    }
  }

  @Test
  void shouldHandOverNoPageThatComesAfterTheScanIsCancelled() throws Exception {
    List<AccountState> taken = new CopyOnWriteArrayList<>();
    try (ScriptedServer server = ScriptedServer.greeting(8, this::holdPages);
        VerdantClient client = VerdantClient.connect(config(server))) {
      client.scanAccounts(0, AccountFilter.all(), View.now(), taken::add).cancel(false);
      await(client.ping());

      assertThat(received).containsExactly(PAGE, PING);
      assertThat(taken).isEmpty();
    }
  }

  @Test
  void shouldNotStartBesideTheScanThatRunsWhenTheOneBetweenIsInterrupted() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, this::holdPages);
        VerdantClient client = VerdantClient.connect(config(server))) {
      CompletableFuture<ScanResult> running = scan(client);
      CompletableFuture<Void> interrupted = new CompletableFuture<>();
      Thread waiting = new Thread(() -> scanBlocking(client, interrupted));
      waiting.start();
      Awaitility.await("the scan waits its turn")
          .atMost(LONG)
          .until(() -> waiting.getState() == Thread.State.WAITING);
      waiting.interrupt();
      assertThat(failureOf(interrupted)).isInstanceOf(CancellationException.class);
      waiting.join();
      CompletableFuture<ScanResult> next = scan(client);

      requireOneAfterTheOther(client, running, next);
    }
  }

  @Test
  void shouldEndTheScanAndStartTheNextWhenItsCallerFailsWithAnError() throws Exception {
    AssertionError error = new AssertionError("an account that should not be");
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8, (peer, templateId, bytes) -> peer.lastPage(Frame.correlationId(bytes, 0), 1));
        VerdantClient client = VerdantClient.connect(config(server))) {
      CompletableFuture<ScanResult> failing =
          client.scanAccounts(
              0,
              AccountFilter.all(),
              View.now(),
              account -> {
                throw error;
              });

      assertThat(failureOf(failing)).isSameAs(error);
      assertThat(await(scan(client)).accounts()).isEqualTo(1);
    }
  }

  /** Also where a page has come before its caller can do anything more, as each does here. */
  @Test
  void shouldHandOverAccountsOnTheClientsThreadAlone() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8, (peer, templateId, bytes) -> peer.lastPage(Frame.correlationId(bytes, 0), 1));
        VerdantClient client = answeringBeforeItReturns(config(server).conclude()).start()) {
      await(
          client.scanAccounts(
              0,
              AccountFilter.all(),
              View.now(),
              account -> threads.add(Thread.currentThread().getName())));
    }

    assertThat(threads).containsExactly(THREAD_NAME);
  }

  /** Who submits a call is held up until it has been answered. */
  private static VerdantClient answeringBeforeItReturns(ClientConfig config) {
    AtomicReference<ClientLoop> loop = new AtomicReference<>();
    ManyToOneConcurrentArrayQueue<Call<?>> submissions =
        new ManyToOneConcurrentArrayQueue<>(8) {
          @Override
          public boolean offer(Call<?> call) {
            boolean taken = super.offer(call);
            // Wakes the loop's thread, which this one does only after it has been here.
            loop.get().onEnded();
            Awaitility.await("the answer").atMost(LONG).until(call::isOver);
            return taken;
          }
        };
    return new VerdantClient(
        config,
        window -> {
          loop.set(new ClientLoop(config, window, AddressLookup::resolve, submissions));
          return loop.get();
        },
        running -> new Thread(running, config.threadName()));
  }

  @Test
  void shouldEndAtTheDeadlineWhenTheWindowStaysFull() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, (peer, templateId, bytes) -> {});
        VerdantClient client =
            VerdantClient.connect(
                config(server)
                    .maxInFlight(1)
                    .backPressure(BackPressure.FAIL_FAST)
                    .requestTimeout(Duration.ofMillis(20))
                    .drainTimeout(Duration.ZERO))) {
      CompletableFuture<PingResult> unanswered = client.call(new Query.Ping(), LONG);

      assertThat(failureOf(scan(client)))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.wasSent()).isFalse())
          .hasMessageContaining("never sent");
      assertThat(unanswered).isNotDone();
    }
  }

  /** Else whoever ends a scan would wait for room for another's. */
  @Test
  void shouldCancelAScanWithoutWaitingForRoomForTheNext() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, bytes) -> {
                  awaitQuietly(cancelled);
                  peer.lastPage(Frame.correlationId(bytes, 0), 1);
                });
        VerdantClient client = VerdantClient.connect(config(server).maxInFlight(1))) {
      CompletableFuture<ScanResult> running = scan(client);
      CompletableFuture<ScanResult> next = scan(client);
      running.cancel(false);
      cancelled.countDown();

      assertThat(await(next).accounts()).isEqualTo(1);
    }
  }

  /** Each of them ends the one after it. */
  @Test
  void shouldEndEveryScanThatWaitsWhenTheClientIsClosed() throws Exception {
    List<CompletableFuture<ScanResult>> scans = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.greeting(8, (peer, templateId, bytes) -> {})) {
      try (VerdantClient client =
          VerdantClient.connect(config(server).drainTimeout(Duration.ZERO))) {
        for (int i = 0; i < 20_000; i++) {
          scans.add(scan(client));
        }
      }
    }

    assertThat(scans).filteredOn(scan -> !scan.isDone()).isEmpty();
  }

  @Test
  void shouldEndTheScanAndStartTheNextWhenThereIsNoMemoryToAsk() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("for a call");
    Queue<OutOfMemoryError> errors = new ArrayDeque<>(List.of(error));
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8, (peer, templateId, bytes) -> peer.lastPage(Frame.correlationId(bytes, 0), 1));
        VerdantClient client = failing(config(server).conclude(), errors).start()) {
      assertThat(failureOf(scan(client))).isSameAs(error);
      assertThat(await(scan(client)).accounts()).isEqualTo(1);
    }
  }

  /** As long as there are errors left, who submits a call gets one. */
  private static VerdantClient failing(ClientConfig config, Queue<? extends Error> errors) {
    ManyToOneConcurrentArrayQueue<Call<?>> submissions =
        new ManyToOneConcurrentArrayQueue<>(8) {
          @Override
          public boolean offer(Call<?> call) {
            if (!errors.isEmpty()) {
              throw errors.remove();
            }
            return super.offer(call);
          }
        };
    return new VerdantClient(
        config,
        window -> new ClientLoop(config, window, AddressLookup::resolve, submissions),
        running -> new Thread(running, config.threadName()));
  }

  private void requireOneAfterTheOther(
      VerdantClient client,
      CompletableFuture<ScanResult> running,
      CompletableFuture<ScanResult> next) {
    await(client.ping());

    assertThat(await(running).accepted()).isTrue();
    assertThat(await(next).accepted()).isTrue();
    assertThat(received).containsExactly(PAGE, PING, PAGE);
  }

  private static CompletableFuture<ScanResult> scan(VerdantClient client) {
    return client.scanAccounts(0, AccountFilter.all(), View.now(), account -> {});
  }

  private static void scanBlocking(VerdantClient client, CompletableFuture<Void> end) {
    try {
      client.blocking().scanAccounts(0, AccountFilter.all(), View.now(), account -> {});
      end.complete(null);
    } catch (CancellationException e) {
      end.completeExceptionally(e);
    }
  }

  private void holdPages(ServerPeer peer, int templateId, UnsafeBuffer message) throws IOException {
    long correlationId = Frame.correlationId(message, 0);
    received.add(templateId);
    if (templateId == PING) {
      for (long held : heldPages) {
        peer.lastPage(held, 1);
      }
      peer.pong(correlationId, 0);
    } else if (received.contains(PING)) {
      peer.lastPage(correlationId, 0);
    } else {
      heldPages.add(correlationId);
    }
  }
}
