package dev.verdant.pipeline;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.Status;
import dev.verdant.thread.EngineThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who publishes quietly, as the gateway does, carries on what the engine's threads need not do. */
class CarryOnTest {
  private static final int REPLY_BYTES = ReplyReserve.ERROR;

  private final Ledger ledger = new Ledger();
  private final TestMessages messages = new TestMessages();
  private final Set<Thread> journaling = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicReference<Thread> told = new AtomicReference<>();
  private Engine engine;
  private ReplyRing replies;
  private RequestWriter writer;
  private long nextOrder = 1;
  private int answered;

  @AfterEach
  void closeAll() {
    engine.close();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  private void launch(MemoryJournal journal, Durability durability) {
    journal.beforeAppend(sequence -> journaling.add(Thread.currentThread()));
    engine =
        Engine.launch(
            new EngineContext()
                .ledger(ledger)
                .journal(journal)
                .durability(durability)
                .failureListener(
                    cause -> {
                      told.set(Thread.currentThread());
                      failure.set(cause);
                    }));
    replies = engine.newReplyRing(() -> {});
    writer = engine.newRequestWriter();
  }

  private void publish(int length) {
    final long place = engine.ring().tryClaim(1);
    writer.write(engine.ring().slot(place), replies, REPLY_BYTES, messages.buffer, 0, length);
    replies.reserve(1, REPLY_BYTES);
    engine.ring().publishQuietly(place, place);
  }

  private void publishOrders(int count) {
    for (int i = 0; i < count; i++) {
      publish(messages.order(nextOrder, nextOrder));
      nextOrder++;
    }
  }

  private int take() {
    return replies.poll(
        (buffer, offset, length) -> {
          assertThat(TestMessages.replyStatus(buffer, offset)).isEqualTo(Status.OK.value());
          answered++;
        });
  }

  private void awaitAnswers(int count) {
    Patience.await("answers: " + count)
        .until(
            () -> {
              engine.carryOn();
              take();
              return answered == count;
            });
  }

  private void openAccounts() {
    publish(messages.openBuyer(0));
    publish(messages.openMerchant(0));
    engine.carryOn();
    awaitAnswers(2);
    answered = 0;
  }

  /** Publishes orders again and again until the caller's thread alone has carried them on. */
  private void publishUntilCarried() {
    Patience.await("an order journaled and answered by the caller")
        .until(
            () -> {
              journaling.clear();
              final int before = answered;
              publishOrders(1);
              engine.carryOn();
              final boolean carried =
                  take() == 1 && journaling.equals(Set.of(Thread.currentThread()));
              awaitAnswers(before + 1);
              return carried;
            });
  }

  @Test
  void shouldJournalAndAnswerOnTheCallersThreadWhatIsLittle() {
    launch(new MemoryJournal(), Durability.WRITTEN);
    openAccounts();
    publishUntilCarried();
    engine.close();
    assertThat(ledger.sequence()).isEqualTo(2 + answered);
    assertThat(engine.counters().replies()).isEqualTo(2 + answered);
  }

  @Test
  void shouldAnswerEveryOrderOnceWhoeverCarriesItOn() {
    launch(new MemoryJournal(), Durability.WRITTEN);
    openAccounts();
    final TestPeer peer = new TestPeer(engine.connect());
    int sent = 0;
    // From little to more than is carried.
    for (int burst = 1; burst <= StageProcessor.FEW_REQUESTS + 300; burst += 101) {
      for (int i = 0; i < burst; i++) {
        peer.send(peer.messages.order(i, 1_000_000 + sent));
        sent++;
      }
      publishOrders(burst);
      engine.carryOn();
      awaitAnswers(sent);
      peer.await(sent);
    }
    engine.close();

    assertThat(peer.replies).hasSize(sent).allMatch(reply -> reply.is(Status.OK));
    assertThat(ledger.sequence()).isEqualTo(2 + 2L * sent);
    assertThat(engine.failure()).isNull();
  }

  @Test
  void shouldLeaveTheForceToAThreadOfItsOwnAndAnswerAfterIt() {
    final MemoryJournal journal = new MemoryJournal();
    final Set<Thread> forcing = ConcurrentHashMap.newKeySet();
    final Semaphore disk = new Semaphore(0);
    launch(journal, Durability.SYNCED);
    openAccounts();
    journal.beforeForce(
        () -> {
          forcing.add(Thread.currentThread());
          disk.acquireUninterruptibly();
        });
    // Nothing is answered before the force, so what the caller carries can be counted alone.
    Patience.await("orders journaled by the caller while the disk is busy")
        .until(
            () -> {
              publishOrders(1);
              engine.carryOn();
              return journaling.contains(Thread.currentThread()) && disk.hasQueuedThreads();
            });
    assertThat(take()).isZero();
    disk.release(Integer.MAX_VALUE);
    awaitAnswers((int) nextOrder - 1);
    assertThat(forcing).extracting(Thread::getName).containsExactly(EngineThreads.REPLY);
    assertThat(journal.lastSequence()).isEqualTo(1 + nextOrder);
  }

  @Test
  void shouldTellTheListenerOnAThreadOfItsOwnWhenTheCallersJournalingFails() {
    final MemoryJournal journal = new MemoryJournal(3, true);
    launch(journal, Durability.WRITTEN);
    openAccounts();
    publishOrders(1);
    engine.carryOn();
    Patience.await("the listener is told").until(() -> failure.get() != null);
    assertThat(failure.get()).isInstanceOf(JournalException.class);
    assertThat(engine.isStageThread(told.get())).isTrue();
    Patience.await("the order is answered")
        .until(
            () -> {
              engine.carryOn();
              return replies.isAnswered();
            });
    replies.poll(
        (buffer, offset, length) ->
            assertThat(TestMessages.errorStatus(buffer, offset))
                .isEqualTo(Status.ENGINE_FAILED.value()));
  }

  @Test
  void shouldRunErrandsOnAThreadOfItsOwnWhileTheCallerCarriesOn() {
    final MemoryJournal journal = new MemoryJournal();
    launch(journal, Durability.WRITTEN);
    openAccounts();
    final Set<Thread> forcing = ConcurrentHashMap.newKeySet();
    journal.beforeForce(() -> forcing.add(Thread.currentThread()));
    publishUntilCarried();
    final long rolledAt = engine.rollJournal().orTimeout(60, SECONDS).join();
    assertThat(rolledAt).isEqualTo(2L + answered);
    assertThat(forcing).extracting(Thread::getName).containsExactly(EngineThreads.JOURNAL);
    publishUntilCarried();
  }
}
