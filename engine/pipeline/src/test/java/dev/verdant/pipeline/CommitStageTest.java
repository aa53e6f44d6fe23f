package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group commit: what waits for a force, what shares one, and what a force that fails leaves. */
class CommitStageTest {
  private static final int ORDERS = 1_000;

  private final Ledger ledger = new Ledger();
  private MemoryJournal journal = new MemoryJournal();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private Engine engine;

  private TestPeer launch(EngineContext context) {
    engine =
        Engine.launch(
            context
                .ledger(ledger)
                .journal(journal)
                .durability(Durability.SYNCED)
                .failureListener(failure::set));
    return new TestPeer(engine.connect());
  }

  @AfterEach
  void close() {
    if (engine != null) {
      engine.close();
    }
    ledger.close();
  }

  private static void await(CountDownLatch latch) {
    Patience.await("the other thread").until(() -> latch.getCount() == 0);
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldApplyButNotAnswerWhatComesDuringAForceAndForceItAtOnce(Wiring wiring) {
    final TestPeer peer = launch(new EngineContext().wiring(wiring));
    peer.openAccounts();
    final int forcedBefore = journal.forced();
    final CountDownLatch forcing = new CountDownLatch(1);
    final CountDownLatch allApplied = new CountDownLatch(1);
    journal.beforeForce(
        () -> {
          forcing.countDown();
          await(allApplied);
        });
    peer.send(peer.messages.order(0, 1));
    await(forcing);
    for (int i = 1; i < ORDERS; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    peer.send(peer.messages.sequence(ORDERS));
    Patience.await("all are applied").until(() -> engine.counters().commands() == ORDERS + 2);
    Patience.await("the query is applied").until(() -> engine.counters().queries() == 1);
    assertThat(peer.take()).as("none is forced").isZero();
    allApplied.countDown();
    peer.await(ORDERS + 1);

    assertThat(peer.replies).allMatch(reply -> reply.is(Status.OK));
    assertThat(journal.forced() - forcedBefore).as("the first, then all others").isBetween(2, 3);
    assertThat(engine.failure()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldAnswerEngineFailedToEverythingThatWaitsForAForceThatFails(Wiring wiring) {
    final TestPeer peer = launch(new EngineContext().wiring(wiring));
    peer.openAccounts();
    final TestPeer other = new TestPeer(engine.connect());
    final CountDownLatch forcing = new CountDownLatch(1);
    final CountDownLatch allApplied = new CountDownLatch(1);
    journal.beforeForce(
        () -> {
          forcing.countDown();
          await(allApplied);
          throw new JournalException("Input/output error");
        });
    peer.send(peer.messages.order(0, 1));
    await(forcing);
    for (int i = 1; i < ORDERS; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    other.send(other.messages.sequence(7));
    other.send(other.messages.ping(8));
    Patience.await("all are applied").until(() -> engine.counters().commands() == ORDERS + 2);
    allApplied.countDown();
    for (int i = ORDERS; i < 2 * ORDERS; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    peer.await(2 * ORDERS);
    other.await(2);

    for (int i = 0; i < 2 * ORDERS; i++) {
      assertThat(peer.replies.get(i).correlationId()).isEqualTo(i);
      assertThat(peer.replies.get(i).is(Status.ENGINE_FAILED)).isTrue();
    }
    assertThat(other.replies).extracting(TestPeer.Reply::correlationId).containsExactly(7L, 8L);
    assertThat(other.replies).allMatch(reply -> reply.is(Status.ENGINE_FAILED));
    Patience.await("the listener is told").until(() -> failure.get() != null);
    assertThat(failure.get()).isInstanceOf(JournalException.class).hasMessage("Input/output error");
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldAnswerEngineFailedAndCloseTheViewOfABulkQueryThatWaitsForAForceThatFails(
      Wiring wiring) {
    final TestPeer peer = launch(new EngineContext().wiring(wiring));
    peer.openAccounts();
    final TestPeer other = new TestPeer(engine.connect());
    final CountDownLatch forcing = new CountDownLatch(1);
    final CountDownLatch viewOpened = new CountDownLatch(1);
    journal.beforeForce(
        () -> {
          forcing.countDown();
          await(viewOpened);
          throw new JournalException("Input/output error");
        });
    peer.send(peer.messages.order(0, 1));
    await(forcing);
    other.send(other.messages.digest(7));
    Patience.await("the query has its view").until(() -> engine.openSnapshots() == 1);
    viewOpened.countDown();
    peer.await(1);
    other.await(1);

    assertThat(peer.replies).singleElement().matches(reply -> reply.is(Status.ENGINE_FAILED));
    assertThat(other.replies).singleElement().matches(reply -> reply.is(Status.ENGINE_FAILED));
    assertThat(engine.bulkReads()).isZero();
    Patience.await("the view is closed").until(() -> engine.openSnapshots() == 0);
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldAcknowledgeWhatIsForcedAndNothingElseWhenTheJournalFailsMeanwhile(Wiring wiring) {
    journal = new MemoryJournal(4, true);
    final TestPeer peer = launch(new EngineContext().wiring(wiring));
    peer.openAccounts();
    final CountDownLatch forcing = new CountDownLatch(1);
    journal.beforeForce(
        () -> {
          forcing.countDown();
          Patience.await("the journal has failed").until(() -> engine.failure() != null);
        });
    peer.send(peer.messages.order(0, 1));
    await(forcing);
    for (int i = 1; i < ORDERS; i++) {
      peer.send(peer.messages.order(i, i + 1));
    }
    peer.await(ORDERS);

    assertThat(peer.replies.get(0).is(Status.OK)).isTrue();
    assertThat(peer.replies.subList(1, ORDERS)).allMatch(r -> r.is(Status.ENGINE_FAILED));
    assertThat(ledger.sequence()).isEqualTo(3);
  }

  @Test
  void shouldAnswerAllWhenAForceWaitsForCompany() {
    final TestPeer peer =
        launch(new EngineContext().ringSize(64).maxBatch(64).maxSyncDelay(Duration.ofMillis(5)));
    for (int i = 0; i < ORDERS; i++) {
      peer.send(peer.messages.openBuyer(i));
    }
    peer.await(ORDERS);
    assertThat(peer.replies).hasSize(ORDERS);
    assertThat(journal.lastSequence()).isEqualTo(ORDERS);
    assertThat(journal.forced()).isBetween(1, ORDERS);
  }

  @Test
  void shouldLetTwoConnectionsFillWhatSharesAForce() {
    launch(new EngineContext());
    assertThat(engine.terms().maxInFlight()).isEqualTo(8192);
  }

  @Test
  void shouldRefuseADelayThatNobodyWouldWait() {
    assertThatThrownBy(() -> launch(new EngineContext().maxSyncDelay(Duration.ofSeconds(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max sync delay PT1S is not in 0..PT0.1S");
  }
}
