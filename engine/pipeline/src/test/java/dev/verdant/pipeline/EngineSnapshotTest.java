package dev.verdant.pipeline;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.protocol.codec.Status;
import dev.verdant.thread.BackgroundThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSnapshotTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Ledger ledger = new Ledger();
  private final MemoryJournal journal = new MemoryJournal();
  private final AtomicLong nanos = new AtomicLong();
  private final List<LedgerSnapshot> opened = new ArrayList<>();
  private Engine engine;
  private TestPeer peer;

  @AfterEach
  void closeAll() {
    opened.forEach(LedgerSnapshot::close);
    engine.close();
    assertThat(ledger.openSnapshots()).isZero();
    ledger.close();
  }

  private void launch(Wiring wiring) {
    engine =
        Engine.launch(
            new EngineContext()
                .ledger(ledger)
                .journal(journal)
                .wiring(wiring)
                .nanoClock(nanos::get)
                .failureListener(cause -> {}));
    peer = new TestPeer(engine.connect());
  }

  private void publish(int length, ReplyRing replies) {
    final long place = engine.ring().tryClaim(1);
    engine
        .newRequestWriter()
        .write(
            engine.ring().slot(place),
            replies,
            ReplyReserve.ERROR,
            peer.messages.buffer,
            0,
            length);
    replies.reserve(1, ReplyReserve.ERROR);
    engine.ring().publish(place, place);
  }

  private LedgerSnapshot open(Duration maxAge) {
    final LedgerSnapshot snapshot = engine.openSnapshot(maxAge).orTimeout(60, SECONDS).join();
    opened.add(snapshot);
    return snapshot;
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldHoldEveryCommandAnsweredBeforeTheCallWhetherIdleOrBusy(Wiring wiring) {
    launch(wiring);
    assertThat(open(Duration.ZERO).sequence()).isZero();
    peer.openAccounts();
    for (int i = 1; i <= 200; i++) {
      peer.send(peer.messages.order(i, i));
      peer.await(i);
      final LedgerSnapshot snapshot = open(Duration.ZERO);
      assertThat(snapshot.sequence()).isEqualTo(i + 2);
      assertThat(snapshot.account(TestMessages.BUYER).orElseThrow().turnover())
          .isEqualTo(i * 10_000L);
    }
    assertThat(opened).hasSize(201);
  }

  @Test
  void shouldShareASnapshotAmongReadersContentWithItsAge() {
    launch(Wiring.TWO_CORES);
    peer.openAccounts();
    final LedgerSnapshot first = open(Duration.ZERO);
    peer.send(peer.messages.order(1, 1));
    peer.await(1);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());

    assertThat(open(Duration.ofSeconds(6)).sequence()).isEqualTo(first.sequence());
    assertThat(open(Duration.ofSeconds(5)).sequence()).isEqualTo(first.sequence() + 1);
    assertThat(open(Duration.ofSeconds(6)).sequence()).isEqualTo(first.sequence() + 1);
  }

  @Test
  void shouldOpenANewSnapshotWhenAllReadersOfTheYoungOneHaveClosed() {
    launch(Wiring.TWO_CORES);
    peer.openAccounts();
    open(Duration.ZERO).close();
    peer.send(peer.messages.order(1, 1));
    peer.await(1);

    assertThat(open(Duration.ofDays(365_000)).sequence()).isEqualTo(3);
  }

  @Test
  void shouldHaveWhoReadsInTheBackgroundRestNowAndThen() throws Exception {
    launch(Wiring.TWO_CORES);
    peer.openAccounts();
    for (int i = 1; i <= 3_000; i++) {
      peer.send(peer.messages.order(i, i));
      peer.await(i);
    }
    for (final LedgerSnapshot snapshot : List.of(open(Duration.ZERO), open(Duration.ofDays(1)))) {
      final FutureTask<Long> reading = new FutureTask<>(() -> readUntilRested(snapshot));
      final Thread thread = new BackgroundThread(reading, "background");
      thread.start();
      assertThat(reading.get(60, SECONDS)).isPositive();
      thread.join();
    }
  }

  /** Returns how often it has read all. */
  private static long readUntilRested(LedgerSnapshot snapshot) {
    final BackgroundThread thread = (BackgroundThread) Thread.currentThread();
    long read = 0;
    while (thread.rests() == 0) {
      snapshot.digest();
      read++;
    }
    return read;
  }

  @Test
  void shouldRenewTheAgeOfASnapshotWhileNoCommandComes() {
    launch(Wiring.TWO_CORES);
    peer.openAccounts();
    open(Duration.ZERO);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    final LedgerSnapshot renewed = open(Duration.ZERO);
    peer.send(peer.messages.order(1, 1));
    peer.await(1);

    assertThat(open(Duration.ofSeconds(1)).sequence()).isEqualTo(renewed.sequence());
  }

  @Test
  void shouldTakeBackASnapshotThatNobodyWaitsForAnyMore() {
    // Ledger and reply on one thread, so that who hears of the reply holds both.
    launch(Wiring.TWO_CORES);
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch answering = new CountDownLatch(1);
    publish(
        peer.messages.openBuyer(1),
        engine.newReplyRing(
            () -> {
              answering.countDown();
              await(asked);
            }));
    await(answering);
    final CompletableFuture<LedgerSnapshot> cancelled = engine.openSnapshot(Duration.ZERO);
    assertThat(cancelled.cancel(false)).isTrue();
    asked.countDown();
    final LedgerSnapshot next = open(Duration.ZERO);

    assertThat(next.sequence()).isEqualTo(1);
    assertThat(ledger.openSnapshots()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldAnswerBulkQueriesInTheirPlaceAsOfTheirPlace(Wiring wiring) {
    launch(wiring);
    peer.openAccounts();
    for (int i = 0; i < 300; i += 3) {
      peer.send(peer.messages.order(i, i + 1));
      peer.send(peer.messages.digest(i + 1));
      peer.send(peer.messages.ping(i + 2));
    }
    peer.await(300);

    for (int i = 0; i < 300; i++) {
      assertThat(peer.replies.get(i).correlationId()).isEqualTo(i);
      assertThat(peer.replies.get(i).sequence()).isEqualTo(3 + i / 3);
    }
    assertThat(engine.bulkReads()).isEqualTo(100);
    assertThat(engine.openSnapshots()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldAnswerABulkQueryOfABatchThatFailedWithTheFailure(Wiring wiring) {
    launch(wiring);
    final CountDownLatch journaling = new CountDownLatch(1);
    final CountDownLatch allSent = new CountDownLatch(1);
    journal.beforeAppend(
        sequence -> {
          journaling.countDown();
          await(allSent);
          throw new JournalException("the disk is gone");
        });
    peer.send(peer.messages.openBuyer(0));
    await(journaling);
    final TestPeer other = new TestPeer(engine.connect());
    other.send(other.messages.digest(1));
    allSent.countDown();
    peer.await(1);
    other.await(1);

    assertThat(peer.replies).singleElement().matches(reply -> reply.is(Status.ENGINE_FAILED));
    assertThat(other.replies).singleElement().matches(reply -> reply.is(Status.ENGINE_FAILED));
    assertThat(engine.openSnapshots()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(DEADLINE.toSeconds(), SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldRefuseSnapshotsAndRollsAfterAFailureAndAfterTheEnd() {
    launch(Wiring.SPREAD);
    engine.fail(new IllegalStateException("pulled plug"));
    assertThatThrownBy(() -> open(Duration.ZERO))
        .hasRootCauseMessage("pulled plug")
        .hasMessageContaining("the engine has failed");
    assertThatThrownBy(() -> engine.rollJournal().orTimeout(60, SECONDS).join())
        .hasRootCauseMessage("pulled plug");
    engine.close();
    assertThatThrownBy(() -> open(Duration.ZERO)).hasRootCauseMessage("pulled plug");
    assertThat(journal.rolledAt()).isEmpty();
  }

  @Test
  void shouldRefuseSnapshotsAndRollsOnceClosed() {
    launch(Wiring.SPREAD);
    engine.close();
    assertThatThrownBy(() -> open(Duration.ZERO)).hasRootCauseMessage("the engine is closed");
    assertThatThrownBy(() -> engine.rollJournal().orTimeout(60, SECONDS).join())
        .hasRootCauseMessage("the engine is closed");
    assertThatThrownBy(() -> engine.openSnapshot(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Though a reader has one open that is young enough. */
  @Test
  void shouldShareNoSnapshotAfterAFailureNorOnceClosed() {
    launch(Wiring.TWO_CORES);
    open(Duration.ZERO);
    engine.fail(new IllegalStateException("pulled plug"));
    assertThatThrownBy(() -> open(Duration.ofDays(1))).hasRootCauseMessage("pulled plug");
    engine.close();
    assertThatThrownBy(() -> open(Duration.ofDays(1))).hasRootCauseMessage("pulled plug");
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldRollTheJournalBetweenTwoBatches(Wiring wiring) {
    launch(wiring);
    assertThat(engine.rollJournal().orTimeout(60, SECONDS).join()).isZero();
    peer.openAccounts();
    assertThat(engine.rollJournal().orTimeout(60, SECONDS).join()).isEqualTo(2);
    for (int i = 1; i <= 1_000; i++) {
      peer.send(peer.messages.order(i, i));
    }
    final long rolledAt = engine.rollJournal().orTimeout(60, SECONDS).join();
    peer.await(1_000);
    engine.close();

    assertThat(journal.rolledAt()).containsExactly(0L, 2L, rolledAt);
    assertThat(rolledAt).isBetween(2L, 1_002L);
    assertThat(journal.batches()).extracting(MemoryJournal.Batch::firstSequence).contains(3L);
  }

  @Test
  void shouldFailWithTheJournalThatCannotRoll() {
    launch(Wiring.TWO_CORES);
    journal.failAtRoll();
    assertThatThrownBy(() -> engine.rollJournal().orTimeout(60, SECONDS).join())
        .hasCauseInstanceOf(JournalException.class);
    Patience.await("the engine has failed").until(() -> engine.failure() != null);
    assertThat(engine.failure()).isInstanceOf(JournalException.class);
  }
}
