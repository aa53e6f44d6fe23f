package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.pipeline.Patience;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.AccountsQueryReplyDecoder;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.HelloReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class GatewayTest extends GatewayTestBase {
  private void openAccounts() throws IOException {
    try (RawClient client = greeted()) {
      client.send(client.messages.openBuyer(1));
      client.send(client.messages.openMerchant(2));
      client.receive();
      client.receive();
      assertThat(client.status()).isEqualTo(Status.OK);
    }
  }

  @Test
  void shouldAnswerABulkQueryOfVersionOneInItsPlace() throws IOException {
    try (RawClient client = greeted()) {
      client.send(client.messages.openBuyer(1));
      client.send(client.messages.accountsOfVersion1(2));
      client.send(client.messages.openMerchant(3));
      client.send(client.messages.accountsOfVersion1(4));
      client.send(client.messages.ping(5));
      for (int i = 1; i <= 5; i++) {
        assertThat(client.receive()).isEqualTo(i);
        if (i % 2 == 0) {
          final AccountsQueryReplyDecoder page = new AccountsQueryReplyDecoder();
          page.wrapAndApplyHeader(client.reply, 0, new MessageHeaderDecoder());
          assertThat(page.status()).isEqualTo(Status.OK);
          assertThat(page.sequence()).isEqualTo(i / 2);
          assertThat(page.more()).isZero();
          assertThat(page.accounts().count()).isEqualTo(i / 2);
        }
      }
    }
  }

  /** Of the second server; that no thread of it is left, closeAll sees. */
  @Test
  void shouldLeaveNothingRunningWhenTheAddressIsTaken() {
    try (Ledger second = new Ledger()) {
      final LedgerServer.Context context =
          new LedgerServer.Context()
              .engine(
                  new EngineContext()
                      .ledger(second)
                      .journal(new MemoryJournal())
                      .failureListener(Throwable::printStackTrace))
              .port(server.address().getPort());
      assertThatThrownBy(() -> LedgerServer.launch(context)).isInstanceOf(BindException.class);
    }
  }

  @Test
  void shouldAnswerAnotherSchemaAfterWhatCameBeforeAndClose() throws IOException {
    try (RawClient client = greeted()) {
      client.send(client.messages.ping(5));
      final int length = client.messages.ping(6);
      client.messages.schemaId(1);
      client.send(length);
      client.send(client.messages.ping(7));
      assertThat(client.receive()).isEqualTo(5);
      assertThat(client.receive()).isEqualTo(6);
      assertThat(client.errorStatus()).isEqualTo(Status.UNSUPPORTED_VERSION);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldAnswerEveryWholeFrameOfAPeerThatSendsNoMore() throws IOException {
    try (RawClient client = greeted()) {
      client.send(client.messages.ping(5));
      client.send(client.messages.ping(6));
      client.sendBytes(new byte[Frame.LENGTH_PREFIX - 1]);
      client.shutdownOutput();
      assertThat(client.receive()).isEqualTo(5);
      assertThat(client.receive()).isEqualTo(6);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldCloseOnAFrameLengthThatCannotBe() throws IOException {
    for (final int length : new int[] {-1, Frame.MAX_LENGTH, Integer.MAX_VALUE}) {
      try (RawClient client = greeted()) {
        client.send(length, client.messages.ping(5));
        assertThat(client.receive()).isZero();
        assertThat(client.templateId()).isEqualTo(ErrorReplyDecoder.TEMPLATE_ID);
        assertThat(client.errorStatus()).isEqualTo(Status.FRAME_TOO_LARGE);
        assertThat(client.isClosedByServer()).isTrue();
      }
    }
    try (RawClient client = greeted()) {
      client.send(client.messages.ping(4));
      client.send(15, client.messages.ping(5));
      client.send(client.messages.ping(6));
      assertThat(client.receive()).isEqualTo(4);
      assertThat(client.receive()).isZero();
      assertThat(client.errorStatus()).isEqualTo(Status.MALFORMED);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shouldLetGoOfAPeerThatNeverClosesAfterTheGoodbye() throws IOException {
    try (RawClient client = greeted()) {
      client.send(-1, client.messages.ping(5));
      assertThat(client.receive()).isZero();
      assertThat(client.isClosedByServer()).isTrue();
      Patience.await("its place is free").until(() -> server.connectionCount() == 0);
    }
  }

  @Test
  void shouldReadNothingOfALostPeerForTheOneThatGetsItsRoom() throws IOException {
    try (RawClient lost = greeted()) {
      final int length = lost.messages.ping(5);
      lost.send(length);
      // The longest message there is, of which all but the beginning is still to come.
      lost.send(Frame.MAX_LENGTH - Frame.LENGTH_PREFIX, length);
      assertThat(lost.receive()).isEqualTo(5);
      lost.cut();
    }
    Patience.await("its room is free").until(() -> server.connectionCount() == 0);
    try (RawClient next = greeted()) {
      assertThat(next.templateId()).isEqualTo(HelloReplyDecoder.TEMPLATE_ID);
      assertThat(next.errorStatus()).isEqualTo(Status.OK);
    }
  }

  @Test
  void shouldKeepTheConnectionAfterAnUnknownTemplateAndAMalformedField() throws IOException {
    openAccounts();
    try (RawClient client = greeted()) {
      final int unknown = client.messages.order(1, 1);
      client.messages.templateId(4711);
      client.send(unknown);
      final int malformed = client.messages.order(2, 2);
      client.messages.blockLength(1000);
      client.send(malformed);
      client.send(client.messages.order(3, 3));
      assertThat(client.receive()).isEqualTo(1);
      assertThat(client.errorStatus()).isEqualTo(Status.UNKNOWN_COMMAND);
      assertThat(client.receive()).isEqualTo(2);
      assertThat(client.errorStatus()).isEqualTo(Status.MALFORMED);
      assertThat(client.receive()).isEqualTo(3);
      assertThat(client.status()).isEqualTo(Status.OK);
    }
    assertThat(journal.lastSequence()).isEqualTo(3);
  }

  @Test
  void shouldTakeTheLongestMessageAndGoOn() throws IOException {
    try (RawClient client = greeted()) {
      final int length = client.messages.ping(9);
      final byte[] longest = new byte[Frame.MAX_LENGTH];
      final UnsafeBuffer view = new UnsafeBuffer(longest);
      Frame.putMessageLength(view, 0, Frame.MAX_LENGTH - Frame.LENGTH_PREFIX);
      view.putBytes(Frame.LENGTH_PREFIX, client.messages.buffer, 0, length);
      client.sendBytes(longest);
      assertThat(client.receive()).isEqualTo(9);
      assertThat(client.errorStatus()).isEqualTo(Status.MALFORMED);
      client.send(client.messages.ping(10));
      assertThat(client.receive()).isEqualTo(10);
    }
  }

  @Test
  void shouldServeManyConnectionsEachInItsOrder() throws Exception {
    openAccounts();
    final int clients = 8;
    final int orders = 20_000;
    final ExecutorService pool = Executors.newFixedThreadPool(2 * clients);
    final List<Future<Integer>> sent = new ArrayList<>();
    final List<Future<Long>> sums = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      final long firstId = 1 + (long) c * orders;
      final RawClient client = greeted();
      sent.add(
          pool.submit(
              () -> {
                for (int i = 0; i < orders; i++) {
                  client.send(client.messages.order(i, firstId + i));
                }
                client.shutdownOutput();
                return orders;
              }));
      sums.add(
          pool.submit(
              () -> {
                long accepted = 0;
                for (int i = 0; i < orders; i++) {
                  accepted += client.read() == i && client.status() == Status.OK ? 1 : 0;
                }
                assertThat(client.isClosedByServer()).isTrue();
                client.close();
                return accepted;
              }));
    }
    for (final Future<Integer> sending : sent) {
      assertThat(sending.get()).isEqualTo(orders);
    }
    for (final Future<Long> sum : sums) {
      assertThat(sum.get()).isEqualTo(orders);
    }
    pool.shutdown();
    assertThat(journal.lastSequence()).isEqualTo(2 + (long) clients * orders);
  }

  @Test
  void shouldStopReadingASlowReaderAndServeTheOthers() throws Exception {
    try (RawClient slow = greeted();
        RawClient other = greeted()) {
      final ExecutorService sender = Executors.newSingleThreadExecutor();
      final int pings = 1_000_000;
      final Future<Integer> sent =
          sender.submit(
              () -> {
                for (int i = 0; i < pings; i++) {
                  slow.send(slow.messages.ping(i));
                }
                slow.flush();
                return pings;
              });
      Patience.await("the server stops reading what is not read from it")
          .during(Duration.ofMillis(300))
          .until(sameReplies());
      assertThat(sent).isNotDone();
      other.send(other.messages.ping(77));
      assertThat(other.receive()).isEqualTo(77);
      for (int i = 0; i < pings; i++) {
        assertThat(readInOrder(slow, i)).isTrue();
      }
      assertThat(sent.get()).isEqualTo(pings);
      sender.shutdown();
    }
  }

  private static boolean readInOrder(RawClient client, int expected) throws IOException {
    return client.read() == expected;
  }

  private Callable<Boolean> sameReplies() {
    final long[] seen = {-1};
    return () -> {
      final long before = seen[0];
      seen[0] = server.engine().counters().replies();
      return before == seen[0];
    };
  }

  @Test
  void shouldAnswerBusyBeyondTheConnectionLimitAndServeAgainWhenOneLeaves() throws Exception {
    final List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
      clients.add(greeted());
    }
    try (RawClient refused = connect()) {
      assertThat(refused.receive()).isZero();
      assertThat(refused.errorStatus()).isEqualTo(Status.BUSY);
      assertThat(refused.isClosedByServer()).isTrue();
      assertThat(server.refusedConnections()).isEqualTo(1);
    }
    clients.get(0).cut();
    clients.get(1).close();
    Patience.await("two have left").until(() -> server.connectionCount() == MAX_CONNECTIONS - 2);
    clients.add(greeted());
    for (final RawClient client : clients) {
      client.close();
    }
    Patience.await("all have left").until(() -> server.connectionCount() == 0);
  }

  @Test
  void shouldLiveThroughRandomBytesAndCutConnections() throws Exception {
    openAccounts();
    final Random random = new Random(20261122);
    try (RawClient witness = greeted()) {
      for (int round = 0; round < 300; round++) {
        final RawClient hostile = round % 2 == 0 ? connect() : greeted();
        for (int i = 0; i < 20; i++) {
          final int length = hostile.messages.order(i, 1_000_000L + i);
          for (int m = random.nextInt(3); m >= 0; m--) {
            hostile.messages.buffer.putByte(random.nextInt(length), (byte) random.nextInt());
          }
          hostile.send(length);
        }
        try {
          hostile.flush();
        } catch (IOException e) {
          assertThat(e).as("the server may have closed first").isNotNull();
        }
        if (round % 3 == 0) {
          hostile.cut();
        } else {
          hostile.close();
        }
        witness.send(witness.messages.ping(round));
        assertThat(witness.receive()).isEqualTo(round);
      }
      Patience.await("the hostile have left").until(() -> server.connectionCount() == 1);
    }
  }

  @Test
  void shouldAnswerWhatItTookAndSayGoodbyeWhenItCloses() throws Exception {
    openAccounts();
    try (RawClient client = greeted()) {
      client.send(client.messages.order(1, 1));
      client.receive();
      new Thread(server::close).start();
      assertThat(client.isClosedByServer()).isTrue();
    }
    server.close();
    assertThat(journal.lastSequence()).isEqualTo(3);
    assertThat(journal.forced()).isEqualTo(1);
  }
}
