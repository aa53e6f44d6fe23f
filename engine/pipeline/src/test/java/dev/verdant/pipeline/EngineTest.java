package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.Status;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
  private static final long START_MILLIS = 1_760_000_000_000L;

  private final Ledger ledger = new Ledger();
  private final AtomicLong now = new AtomicLong(START_MILLIS);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private Engine engine;

  @AfterEach
  void closeAll() {
    if (engine != null) {
      engine.close();
    }
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  private EngineContext context(Journal journal) {
    return new EngineContext()
        .ledger(ledger)
        .journal(journal)
        .clock(now::get)
        .failureListener(failure::set);
  }

  private TestPeer launch(EngineContext context) {
    engine = Engine.launch(context);
    return new TestPeer(engine.connect());
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldAnswerInOrderWithTheJournalsSequences(Wiring wiring) {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal).wiring(wiring));
    peer.openAccounts();
    final int orders = 50_000;
    for (int i = 0; i < orders; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    peer.await(orders);
    engine.close();

    for (int i = 0; i < orders; i++) {
      final TestPeer.Reply reply = peer.replies.get(i);
      assertThat(reply.correlationId()).isEqualTo(i);
      assertThat(reply.sequence()).isEqualTo(i + 3);
      assertThat(reply.is(Status.OK)).isTrue();
    }
    assertThat(journal.lastSequence()).isEqualTo(orders + 2);
    assertThat(ledger.sequence()).isEqualTo(orders + 2);
    assertThat(engine.counters().commands()).isEqualTo(orders + 2);
    assertThat(engine.counters().replies()).isEqualTo(orders + 2);
    assertThat(engine.counters().refused()).isZero();
    assertThat(engine.counters().journaledBatches()).isEqualTo(journal.batches().size());
    assertThat(engine.counters().forces()).isZero();
  }

  @Test
  void shouldReachTheSameStateInBothWiringsAndByReplayOfTheJournal() {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal).wiring(Wiring.SPREAD));
    peer.openAccounts();
    for (int i = 0; i < 5_000; i++) {
      now.addAndGet(i % 3 == 0 ? -5 : 7);
      peer.send(peer.messages.order(i, i + 1));
    }
    peer.await(5_000);
    engine.close();

    try (Ledger replayed = new Ledger()) {
      final long times = replay(journal, replayed);
      assertThat(times).as("commands whose time goes back").isZero();
      assertThat(digest(replayed)).isEqualTo(digest(ledger));
    }
  }

  @Test
  void shouldStampNoCommandEarlierThanTheOneBeforeWhenTheClockStepsBack() {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal));
    peer.openAccounts();
    now.addAndGet(-1_000);
    peer.send(peer.messages.order(1, 1));
    peer.await(1);
    now.addAndGet(1_001);
    peer.send(peer.messages.order(2, 2));
    peer.await(2);
    engine.close();
    assertThat(lastTimes(journal, 2)).containsExactly(START_MILLIS, START_MILLIS + 1);
  }

  @Test
  void shouldStampNoCommandEarlierThanWhatWasRecovered() {
    final MemoryJournal journal = new MemoryJournal();
    launch(context(journal)).openAccounts();
    engine.close();
    now.addAndGet(-1_000);
    final TestPeer peer = launch(context(journal));
    peer.send(peer.messages.order(1, 1));
    peer.await(1);
    engine.close();
    assertThat(lastTimes(journal, 1)).containsExactly(START_MILLIS);
    assertThat(ledger.timeMillis()).isEqualTo(START_MILLIS);
  }

  /** Times of the last batches, of a command each. */
  private static List<Long> lastTimes(MemoryJournal journal, int batches) {
    return journal.batches().stream()
        .skip(journal.batches().size() - batches)
        .map(batch -> Messages.commandTimeMillis(batch.commands(), CommandBatch.LENGTH_PREFIX))
        .toList();
  }

  /** Applies a journal; returns how many commands have an earlier time than the one before. */
  private static long replay(MemoryJournal journal, Ledger target) {
    final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
    long backward = 0;
    long last = Long.MIN_VALUE;
    for (final MemoryJournal.Batch batch : journal.batches()) {
      final UnsafeBuffer commands = batch.commands();
      int offset = 0;
      for (int i = 0; i < batch.count(); i++) {
        final int length = commands.getInt(offset, ByteOrder.LITTLE_ENDIAN);
        final int message = offset + CommandBatch.LENGTH_PREFIX;
        final long time = Messages.commandTimeMillis(commands, message);
        backward += time < last ? 1 : 0;
        last = time;
        target.apply(batch.firstSequence() + i, commands, message, length, reply, 0);
        offset += CommandBatch.encodedLength(length);
      }
      assertThat(offset).isEqualTo(commands.capacity());
    }
    return backward;
  }

  private static List<Byte> digest(Ledger ledger) {
    final TestMessages messages = new TestMessages();
    final UnsafeBuffer reply = new UnsafeBuffer(new byte[1024]);
    final int length = ledger.query(messages.buffer, 0, messages.digest(1), reply, 0);
    final List<Byte> bytes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      bytes.add(reply.getByte(i));
    }
    return bytes;
  }

  @Test
  void shouldAnswerQueriesAndPingsInTheirPlaceWithoutJournalingThem() {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal));
    peer.openAccounts();
    peer.send(peer.messages.order(10, 1));
    peer.send(peer.messages.ping(11));
    peer.send(peer.messages.order(12, 2));
    peer.send(peer.messages.sequence(13));
    peer.await(4);

    assertThat(peer.replies)
        .extracting(TestPeer.Reply::correlationId, TestPeer.Reply::sequence)
        .containsExactly(tuple(10, 3), tuple(11, 3), tuple(12, 4), tuple(13, 4));
    assertThat(journal.lastSequence()).isEqualTo(4);
    assertThat(engine.counters().queries()).isEqualTo(1);
  }

  private static Tuple tuple(long correlationId, long sequence) {
    return Tuple.tuple(correlationId, sequence);
  }

  @Test
  void shouldRefuseAMalformedRequestInItsPlace() {
    final TestPeer peer = launch(context(new MemoryJournal()));
    peer.openAccounts();
    peer.send(peer.messages.order(10, 1));
    final int length = peer.messages.order(11, 2);
    peer.messages.blockLength(12);
    peer.send(length);
    final int unknown = peer.messages.order(12, 3);
    peer.messages.templateId(999);
    peer.send(unknown);
    peer.send(peer.messages.order(13, 4));
    peer.await(4);

    assertThat(peer.replies)
        .extracting(TestPeer.Reply::status)
        .containsExactly(
            Status.OK.value(),
            Status.MALFORMED.value(),
            Status.UNKNOWN_COMMAND.value(),
            Status.OK.value());
    assertThat(engine.counters().refused()).isEqualTo(2);
    assertThat(ledger.sequence()).isEqualTo(4);
  }

  @Test
  void shouldRefuseACommandWithoutTimeWhenTheTimeComesWithTheCommands() {
    final TestPeer peer = launch(context(new MemoryJournal()).clockMode(ClockMode.COMMANDS));
    peer.send(peer.messages.openBuyer(1));
    final int length = peer.messages.openBuyer(2);
    Messages.putCommandTimeMillis(peer.messages.buffer, 0, 77);
    peer.send(length);
    peer.await(2);

    assertThat(peer.replies.get(0).is(Status.MALFORMED)).isTrue();
    assertThat(peer.replies.get(1).is(Status.OK)).isTrue();
    engine.close();
    assertThat(ledger.timeMillis()).isEqualTo(77);
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldRefuseCommandsInTheirPlaceAndAnswerQueriesWhileThereIsNoSpace(Wiring wiring) {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal).wiring(wiring));
    peer.openAccounts();
    journal.setFull(true);
    peer.send(peer.messages.order(10, 1));
    peer.send(peer.messages.sequence(11));
    peer.send(peer.messages.order(12, 2));
    peer.send(peer.messages.ping(13));
    peer.await(4);
    journal.setFull(false);
    peer.send(peer.messages.order(14, 1));
    peer.await(5);
    engine.close();

    assertThat(peer.replies)
        .extracting(TestPeer.Reply::correlationId, TestPeer.Reply::sequence)
        .containsExactly(tuple(10, 0), tuple(11, 2), tuple(12, 0), tuple(13, 2), tuple(14, 3));
    assertThat(peer.replies.get(0).is(Status.OUT_OF_SPACE)).isTrue();
    assertThat(peer.replies.get(2).is(Status.OUT_OF_SPACE)).isTrue();
    assertThat(peer.replies.get(4).is(Status.OK)).isTrue();
    assertThat(journal.lastSequence()).isEqualTo(3);
    assertThat(ledger.sequence()).isEqualTo(3);
    assertThat(engine.counters().commands()).isEqualTo(3);
    assertThat(engine.counters().refused()).isEqualTo(2);
    assertThat(engine.failure()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldTakeBackEveryReplyOfTheBatchInWhichTheLedgerFails(Wiring wiring) {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal).wiring(wiring));
    peer.openAccounts();
    final CountDownLatch journaling = new CountDownLatch(1);
    final CountDownLatch allSent = new CountDownLatch(1);
    journal.beforeAppend(
        sequence -> {
          if (sequence == 3) {
            journaling.countDown();
            await(allSent);
          } else {
            Patience.await("the ledger is at rest").until(() -> replies() == 3);
            applyBehindTheEngine(sequence);
          }
        });
    peer.send(peer.messages.order(0, 1));
    await(journaling);
    peer.send(peer.messages.ping(1));
    peer.send(peer.messages.sequence(2));
    final int requests = 1_000;
    for (int i = 3; i < requests; i++) {
      peer.send(peer.messages.order(i, i));
    }
    allSent.countDown();
    peer.await(requests);
    peer.send(peer.messages.ping(requests));
    peer.await(requests + 1);

    assertThat(peer.replies).hasSize(requests + 1);
    for (int i = 0; i <= requests; i++) {
      assertThat(peer.replies.get(i).correlationId()).isEqualTo(i);
      assertThat(peer.replies.get(i).is(i == 0 ? Status.OK : Status.ENGINE_FAILED)).isTrue();
    }
    Patience.await("the listener is told").until(() -> failure.get() != null);
    assertThat(failure.get())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequence 4 does not follow 4");
    assertThat(engine.counters().commands()).isEqualTo(3);
    assertThat(engine.counters().refused()).isEqualTo(requests);
  }

  private long replies() {
    return engine.counters().replies();
  }

  private void applyBehindTheEngine(long sequence) {
    final TestMessages messages = new TestMessages();
    final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
    ledger.apply(sequence, messages.buffer, 0, messages.openBuyer(1), reply, 0);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTellTheListenerOnceAndGoOnAnsweringWhenItThrows(boolean isError) {
    final AtomicInteger told = new AtomicInteger();
    final TestPeer peer =
        launch(
            context(new MemoryJournal(1, true))
                .failureListener(
                    cause -> {
                      told.incrementAndGet();
                      if (isError) {
                        throw new AssertionError("a listener of no use");
                      }
                      throw new IllegalStateException("a listener of no use");
                    }));
    for (int i = 0; i < 100; i++) {
      peer.send(peer.messages.openBuyer(i));
      peer.await(i + 1);
    }
    assertThat(peer.replies).hasSize(100).allMatch(reply -> reply.is(Status.ENGINE_FAILED));
    assertThat(told).hasValue(1);
    assertThat(engine.failure().getSuppressed())
        .singleElement()
        .matches(thrown -> thrown.getMessage().equals("a listener of no use"));
  }

  @ParameterizedTest
  @EnumSource(IdleMode.class)
  void shouldServeOrdersInEveryIdleMode(IdleMode idleMode) {
    final TestPeer peer = launch(context(new MemoryJournal()).idleMode(idleMode));
    peer.openAccounts();
    for (int i = 0; i < 2_000; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    peer.await(2_000);
    assertThat(peer.replies).hasSize(2_000).allMatch(reply -> reply.is(Status.OK));
  }

  @Test
  void shouldForceEachBatchBeforeItsRepliesWhenSynced() {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal).durability(Durability.SYNCED));
    peer.send(peer.messages.openBuyer(1));
    peer.await(1);
    assertThat(journal.forced()).isEqualTo(1);
    assertThat(engine.counters().forces()).isEqualTo(1);
    peer.send(peer.messages.sequence(2));
    peer.await(2);
    assertThat(journal.forced()).as("a query needs no force").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldAcknowledgeNothingFromTheBatchOnThatTheJournalLost(Wiring wiring) {
    final MemoryJournal journal = new MemoryJournal(1_000, true);
    final TestPeer peer = launch(context(journal).wiring(wiring));
    peer.openAccounts();
    final int orders = 3_000;
    for (int i = 0; i < orders; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    peer.await(orders);
    peer.send(peer.messages.sequence(orders));
    peer.await(orders + 1);

    assertThat(peer.replies).hasSize(orders + 1);
    final long acknowledged = peer.replies.stream().filter(r -> r.is(Status.OK)).count();
    final long failed = peer.replies.stream().filter(r -> r.is(Status.ENGINE_FAILED)).count();
    assertThat(acknowledged).isEqualTo(ledgerCommandsAcknowledged(peer));
    assertThat(acknowledged + 2).isLessThanOrEqualTo(journal.lastSequence());
    assertThat(acknowledged + failed).isEqualTo(orders + 1);
    for (int i = 0; i <= orders; i++) {
      assertThat(peer.replies.get(i).correlationId()).isEqualTo(i);
      assertThat(peer.replies.get(i).is(Status.OK)).isEqualTo(i < acknowledged);
    }
    Patience.await("the listener is told").until(() -> failure.get() != null);
    assertThat(failure.get()).isInstanceOf(JournalException.class).hasMessageContaining("1000");
    assertThat(engine.failure()).isSameAs(failure.get());
  }

  private static long ledgerCommandsAcknowledged(TestPeer peer) {
    return peer.replies.stream().filter(r -> r.sequence() > 0).count();
  }

  @Test
  void shouldCloseWhenTheFailureListenerClosesTheEngine() {
    final AtomicReference<Engine> failing = new AtomicReference<>();
    final TestPeer peer =
        launch(context(new MemoryJournal(1, true)).failureListener(cause -> failing.get().close()));
    failing.set(engine);
    peer.send(peer.messages.openBuyer(1));
    Patience.await("the connection is lost")
        .until(
            () -> {
              try {
                peer.take();
                return false;
              } catch (ConnectionLostException e) {
                return true;
              }
            });
    assertThat(peer.replies).singleElement().matches(reply -> reply.is(Status.ENGINE_FAILED));
  }

  @Test
  void shouldAnswerAllTakenAndForceTheJournalWhenItCloses() {
    final MemoryJournal journal = new MemoryJournal();
    final TestPeer peer = launch(context(journal));
    peer.openAccounts();
    for (int i = 0; i < 1_000; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    engine.drain();
    peer.send(peer.messages.order(1_000, 1_001));
    engine.close();
    while (peer.replies.size() < 1_001) {
      peer.take();
    }

    assertThat(peer.replies.subList(0, 1_000)).allMatch(reply -> reply.is(Status.OK));
    assertThat(peer.replies.get(1_000).is(Status.SHUTTING_DOWN)).isTrue();
    assertThat(journal.forced()).isEqualTo(1);
    assertThat(journal.lastSequence()).isEqualTo(1_002);
    assertThatThrownBy(() -> peer.send(peer.messages.order(1, 1)))
        .isInstanceOf(ConnectionLostException.class);
    assertThatThrownBy(peer::take).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void shouldPushBackWhenRepliesAreNotRead() {
    final TestPeer peer = launch(context(new MemoryJournal()));
    final MessageConnection slow = engine.connect();
    final int length = peer.messages.ping(1);
    Patience.await("no more is taken while no reply is read")
        .until(
            () -> {
              while (slow.offer(peer.messages.buffer, 0, length)) {
                Thread.onSpinWait();
              }
              return engine.counters().replies() > 18_000;
            });
    peer.openAccounts();
    final int unread = slow.poll((buffer, offset, replyLength) -> {});
    assertThat(unread).isEqualTo((int) engine.counters().replies() - 2);
    assertThat(slow.offer(peer.messages.buffer, 0, peer.messages.ping(2))).isTrue();
  }

  @Test
  void shouldRefuseToStartWhenJournalAndLedgerDisagree() {
    final MemoryJournal journal = new MemoryJournal();
    final UnsafeBuffer bytes = new UnsafeBuffer(new byte[8]);
    journal.append(1, 1, bytes, 0, 8);
    assertThatThrownBy(() -> Engine.launch(context(journal)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sequence 1, the ledger at 0");
  }
}
