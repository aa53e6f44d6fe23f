package dev.verdant.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.verdant.journal.Orders;
import dev.verdant.journal.scan.CheckedCommands;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.Limits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading on one thread, applying on another, and every way in which either may end. */
class CommandHandOverTest {
  /** More than fit all chunks, so that the reader must wait. */
  private static final int MANY_BATCHES = 2_000;

  private static final int BATCH = 40;
  private static final String FOUND = "found";

  private final Orders source = new Orders();
  private final Orders applied = new Orders();
  private final CommandFeed feed = new CommandFeed(0, applied);
  private volatile Thread reader;

  @AfterEach
  void requireReaderEnded() {
    assertThat(reader).isNotSameAs(Thread.currentThread());
    assertThat(reader.isAlive()).as("the reader").isFalse();
  }

  /** Reads batches of orders, then returns or throws. */
  private String read(CheckedCommands sink, int batches, Throwable end) throws IOException {
    reader = Thread.currentThread();
    for (int i = 0; i < batches; i++) {
      final long first = 1 + (long) i * BATCH;
      source.encode(first, BATCH);
      sink.onCommands(first, BATCH, source.commands(), 0);
    }
    if (end instanceof IOException e) {
      throw e;
    } else if (end instanceof RuntimeException e) {
      throw e;
    } else if (end instanceof Error e) {
      throw e;
    }
    return FOUND;
  }

  private void requireApplied(long orders) {
    assertThat(applied.count()).isEqualTo(orders);
    assertThat(applied.sum()).isEqualTo(Orders.sumTo(orders));
  }

  @Test
  void shouldApplyNothingWhenNothingWasRead() throws IOException {
    final String found = CommandHandOver.run(sink -> read(sink, 0, null), feed);
    assertThat(found).isEqualTo(FOUND);
    requireApplied(0);
  }

  @Test
  void shouldApplyAllInOrderWhenTheReaderMustWaitForRoom() throws IOException {
    final String found = CommandHandOver.run(sink -> read(sink, MANY_BATCHES, null), feed);
    assertThat(found).isEqualTo(FOUND);
    requireApplied((long) MANY_BATCHES * BATCH);
  }

  @Test
  void shouldKeepTheReaderWaitingWhenNothingIsApplied() throws IOException {
    final AtomicLong read = new AtomicLong();
    final boolean[] waited = new boolean[1];
    final int most = 9 * CommandChunk.CAPACITY / source.encode(1, 1);
    CommandHandOver.run(
        sink ->
            read(
                (firstSequence, count, buffer, offset) -> {
                  read.addAndGet(count);
                  sink.onCommands(firstSequence, count, buffer, offset);
                },
                MANY_BATCHES,
                null),
        (firstSequence, count, buffer, offset) -> {
          if (!waited[0]) {
            await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> reader.getState() == Thread.State.WAITING);
            assertThat(read.get()).isLessThan(most);
            waited[0] = true;
          }
          feed.onCommands(firstSequence, count, buffer, offset);
        });
    assertThat(most).isLessThan(MANY_BATCHES * BATCH);
    requireApplied((long) MANY_BATCHES * BATCH);
  }

  @Test
  void shouldHandOverTheLongestCommandsWhole() throws IOException {
    final ExpandableDirectByteBuffer batch = new ExpandableDirectByteBuffer();
    final int encodedLength = CommandBatch.encodedLength(Limits.MAX_MESSAGE_LENGTH);
    for (int i = 0; i < 3; i++) {
      batch.putInt(i * encodedLength, Limits.MAX_MESSAGE_LENGTH, ByteOrder.LITTLE_ENDIAN);
      batch.putLong((i + 1) * encodedLength - CommandBatch.ALIGNMENT, i);
    }
    final long[] sum = new long[2];
    CommandHandOver.run(
        sink -> {
          reader = Thread.currentThread();
          sink.onCommands(5, 3, batch, 0);
          return FOUND;
        },
        (firstSequence, count, buffer, offset) -> {
          assertThat(count).isEqualTo(1);
          assertThat(buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN))
              .isEqualTo(Limits.MAX_MESSAGE_LENGTH);
          assertThat(buffer.getLong(offset + encodedLength - CommandBatch.ALIGNMENT))
              .isEqualTo(firstSequence - 5);
          sum[0] += firstSequence;
          sum[1]++;
        });
    assertThat(sum).containsExactly(5 + 6 + 7, 3);
  }

  @Test
  void shouldNotJoinCommandsThatDoNotFollowOneAnother() throws IOException {
    final StringBuilder seen = new StringBuilder();
    CommandHandOver.run(
        sink -> {
          reader = Thread.currentThread();
          for (long first : new long[] {1, 3, 9, 11}) {
            source.encode(first, 2);
            sink.onCommands(first, 2, source.commands(), 0);
          }
          return FOUND;
        },
        (firstSequence, count, buffer, offset) ->
            seen.append(firstSequence).append('+').append(count).append(' '));
    assertThat(seen).hasToString("1+4 9+4 ");
  }

  @Test
  void shouldApplyWhatWasRightBeforeTheReadingFailed() {
    final IOException broken = new IOException("disk");
    assertThatThrownBy(() -> CommandHandOver.run(sink -> read(sink, 3, broken), feed))
        .isSameAs(broken);
    requireApplied(3 * BATCH);
  }

  @Test
  void shouldThrowWhateverTheReadingThrewWhenItsCommandsAreApplied() {
    final RuntimeException defect = new IllegalStateException("defect");
    final Error memory = new OutOfMemoryError("memory");
    assertThatThrownBy(() -> CommandHandOver.run(sink -> read(sink, 2, defect), feed))
        .isSameAs(defect);
    requireApplied(2 * BATCH);
    assertThatThrownBy(() -> CommandHandOver.run(sink -> read(sink, 0, memory), feed))
        .isSameAs(memory);
  }

  @Test
  void shouldEndTheReaderThatWaitsForRoomWhenApplyingFails() {
    final IllegalArgumentException refused = new IllegalArgumentException("refused");
    final long last = 100;
    assertThatThrownBy(
            () ->
                CommandHandOver.run(
                    sink -> read(sink, MANY_BATCHES, null),
                    new CommandFeed(
                        0,
                        (sequence, buffer, offset, length) -> {
                          if (sequence > last) {
                            throw refused;
                          }
                          applied.onCommand(sequence, buffer, offset, length);
                        })))
        .isSameAs(refused);
    requireApplied(last);
  }

  @Test
  void shouldEndBothAndStayInterruptedWhenTheStartIsInterrupted() throws InterruptedException {
    final CountDownLatch neverOpened = new CountDownLatch(1);
    final CountDownLatch begun = new CountDownLatch(1);
    final Throwable[] thrown = new Throwable[1];
    final boolean[] interrupted = new boolean[1];
    final Thread start =
        new Thread(
            () -> {
              thrown[0] =
                  catchThrowable(
                      () ->
                          CommandHandOver.run(
                              sink -> {
                                read(sink, 1, null);
                                begun.countDown();
                                return awaited(neverOpened);
                              },
                              feed));
              interrupted[0] = Thread.currentThread().isInterrupted();
            });
    start.start();
    begun.await();
    start.interrupt();
    start.join();

    assertThat(thrown[0])
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("interrupted while the journal was read");
    assertThat(interrupted[0]).isTrue();
    requireApplied(0);
  }

  private static String awaited(CountDownLatch latch) throws IOException {
    try {
      latch.await();
      return FOUND;
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void shouldLeaveOutWhatASnapshotHolds() throws IOException {
    final long[] sum = new long[2];
    CommandHandOver.run(
        sink -> read(sink, 2, null),
        new CommandFeed(
            BATCH + 5,
            new CommandConsumer() {
              @Override
              public void onCommand(long sequence, DirectBuffer buffer, int offset, int length) {
                assertThat(sequence).isEqualTo(BATCH + 6 + sum[0]);
                sum[0]++;
              }

              @Override
              public void onAnnounced(DirectBuffer buffer, int offset) {
                sum[1]++;
              }
            }));
    assertThat(sum).containsExactly(BATCH - 5, BATCH - 5);
  }
}
