package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.snapshot.DiskSnapshots;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.SnapshotOutcome;
import dev.verdant.protocol.codec.SnapshotQueryReplyDecoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TakeSnapshotReplyDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotRequestsTest {
  private final Ledger ledger = new Ledger();
  private final SequenceSnapshots snapshots = new SequenceSnapshots();
  private Engine engine;
  private TestPeer peer;

  private void launch(Wiring wiring, DiskSnapshots diskSnapshots) {
    engine =
        Engine.launch(
            new EngineContext()
                .ledger(ledger)
                .journal(new MemoryJournal())
                .wiring(wiring)
                .diskSnapshots(diskSnapshots)
                .failureListener(cause -> {}));
    snapshots.of(engine);
    peer = new TestPeer(engine.connect());
  }

  @AfterEach
  void closeAll() throws InterruptedException {
    snapshots.end();
    engine.close();
    assertThat(ledger.openSnapshots()).isZero();
    ledger.close();
  }

  @ParameterizedTest
  @EnumSource(Wiring.class)
  void shouldBeginSnapshotsThatHoldEveryCommandBeforeThem(Wiring wiring) {
    launch(wiring, snapshots);
    peer.openAccounts();
    for (int i = 1; i <= 10; i++) {
      peer.send(peer.messages.order(2L * i - 1, i));
      peer.send(peer.messages.takeSnapshot(2L * i));
      peer.await(2 * i);
      final int number = i;
      Patience.await("snapshot " + i).until(() -> snapshots.progress().ended() == number);

      final TestPeer.Reply begun = peer.replies.get(2 * i - 1);
      assertThat(begun.correlationId()).isEqualTo(2L * i);
      assertThat(begun.templateId()).isEqualTo(TakeSnapshotReplyDecoder.TEMPLATE_ID);
      assertThat(begun.is(Status.OK)).isTrue();
      assertThat(begun.sequence()).isEqualTo(i + 2L);
      assertThat(snapshots.progress())
          .isEqualTo(
              new DiskSnapshots.Progress(
                  0, i, SnapshotOutcome.WRITTEN, i + 2L, 2, (i + 2L) * 1_000, i));
    }
    assertThat(peer.replies).hasSize(20);
    assertThat(engine.counters().commands()).isEqualTo(12);
    assertThat(engine.counters().queries()).isEqualTo(10);
  }

  @Test
  void shouldTellTheNumberAndEverythingOfTheProgress() {
    launch(Wiring.TWO_CORES, snapshots);
    peer.openAccounts();
    final MessageConnection connection = engine.connect();
    final List<Long> numbers = new ArrayList<>();
    connection.offer(peer.messages.buffer, 0, peer.messages.takeSnapshot(7));
    connection.offer(peer.messages.buffer, 0, peer.messages.takeSnapshot(8));
    Patience.await("both numbers")
        .until(
            () -> {
              connection.poll(
                  (buffer, offset, length) ->
                      numbers.add(
                          new TakeSnapshotReplyDecoder()
                              .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
                              .number()));
              return numbers.size() == 2;
            });
    assertThat(numbers).containsExactly(1L, 2L);
    Patience.await("the second snapshot").until(() -> snapshots.progress().ended() == 2);

    final List<DiskSnapshots.Progress> told = new ArrayList<>();
    connection.offer(peer.messages.buffer, 0, peer.messages.snapshotProgress(9));
    Patience.await("the progress")
        .until(
            () -> {
              connection.poll((buffer, offset, length) -> told.add(progress(buffer, offset)));
              return told.size() == 1;
            });
    assertThat(told).containsExactly(snapshots.progress());
    assertThat(told.get(0).sequence()).isEqualTo(2);
    connection.close();
  }

  private static DiskSnapshots.Progress progress(DirectBuffer buffer, int offset) {
    final SnapshotQueryReplyDecoder reply =
        new SnapshotQueryReplyDecoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
    return new DiskSnapshots.Progress(
        reply.running(),
        reply.ended(),
        reply.outcome(),
        reply.newest(),
        reply.accounts(),
        reply.bytes(),
        reply.duration());
  }

  @Test
  void shouldSayInItsPlaceThatThereAreNoneWithoutDiskSnapshots() {
    launch(Wiring.SPREAD, null);
    peer.send(peer.messages.takeSnapshot(1));
    peer.send(peer.messages.ping(2));
    peer.send(peer.messages.snapshotProgress(3));
    peer.await(3);

    assertThat(peer.replies).extracting(TestPeer.Reply::correlationId).containsExactly(1L, 2L, 3L);
    for (final int i : new int[] {0, 2}) {
      assertThat(peer.replies.get(i).templateId()).isEqualTo(ErrorReplyDecoder.TEMPLATE_ID);
      assertThat(peer.replies.get(i).is(Status.NO_SNAPSHOTS)).isTrue();
    }
  }

  @Test
  void shouldBeginNoneOnceTheEngineDrains() {
    launch(Wiring.TWO_CORES, snapshots);
    engine.drain();
    peer.send(peer.messages.takeSnapshot(1));
    peer.send(peer.messages.snapshotProgress(2));
    peer.await(2);

    assertThat(peer.replies).hasSize(2).allMatch(reply -> reply.is(Status.SHUTTING_DOWN));
    assertThat(snapshots.begun()).isZero();
  }
}
