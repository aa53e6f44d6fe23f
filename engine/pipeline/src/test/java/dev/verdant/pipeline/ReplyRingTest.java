package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.protocol.Frame;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReplyRingTest {
  private static final int MAX_IN_FLIGHT = 24;

  /** A correlation id, and a byte at the end. */
  private static final int SHORTEST = Frame.MIN_MESSAGE_LENGTH + 1;

  @Property(tries = 150)
  void shouldDeliverWhatAPlainListDelivers(@ForAll long seed, @ForAll boolean toChannel) {
    final Random random = new Random(seed);
    final ReplyRingModel model = new ReplyRingModel(MAX_IN_FLIGHT);
    for (int step = 0; step < 600; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> model.request(length(random));
        case 3, 4 -> model.write(random);
        case 5 -> model.rollBack(random);
        case 6 -> model.publish(random);
        default -> model.read(toChannel ? random.nextInt(200_000) : 0);
      }
    }
    model.finish();
  }

  /** Mostly short ones, so that both bounds are met: that of requests and that of bytes. */
  private static int length(Random random) {
    return random.nextInt(3) == 0
        ? SHORTEST + random.nextInt(Ledger.MAX_QUERY_REPLY_LENGTH - SHORTEST + 1)
        : SHORTEST + random.nextInt(100);
  }

  @Test
  @Timeout(600)
  void shouldHandOverEveryReplyFromOneWriterThreadToOneReaderThread() throws Exception {
    final int requests = 200_000;
    final ReplyRing ring = new ReplyRing(ReplyRing.MIN_CAPACITY, MAX_IN_FLIGHT, () -> {});
    final OneToOneConcurrentArrayQueue<Integer> inFlight = new OneToOneConcurrentArrayQueue<>(64);
    final Thread writer = new Thread(() -> write(ring, inFlight, requests), "reply-writer");
    writer.start();

    final Random random = new Random(1);
    final AtomicLong read = new AtomicLong();
    final AtomicLong wrong = new AtomicLong();
    int requested = 0;
    int length = length(random);
    final IdleStrategy idle = idle();
    while (read.get() < requests) {
      final int requestedBefore = requested;
      while (requested < requests
          && ring.freeRequests() > 0
          && ring.freeBytes() >= Frame.LENGTH_PREFIX + length) {
        ring.reserve(1, Frame.LENGTH_PREFIX + length);
        inFlight.add(length);
        requested++;
        length = length(random);
      }
      final int polled =
          ring.poll(
              (buffer, offset, messageLength) -> {
                final long number = read.getAndIncrement();
                final boolean whole =
                    Frame.correlationId(buffer, offset) == number
                        && buffer.getByte(offset + messageLength - 1) == (byte) messageLength;
                wrong.addAndGet(whole ? 0 : 1);
              });
      idle.idle(requested - requestedBefore + polled);
    }
    writer.join();
    assertThat(wrong).hasValue(0);
    assertThat(ring.isIdle()).isTrue();
    assertThat(ring.freeRequests()).isEqualTo(MAX_IN_FLIGHT);
    assertThat(ring.freeBytes()).isEqualTo(ReplyRing.MIN_CAPACITY);
  }

  /** Where both threads have one core between them, who only spins keeps the other from it. */
  private static IdleStrategy idle() {
    return new BackoffIdleStrategy(1_000, 10, 1_000, TimeUnit.MICROSECONDS.toNanos(50));
  }

  /** Writes some of the replies twice, as after a failure, and publishes a few at a time. */
  private static void write(
      ReplyRing ring, OneToOneConcurrentArrayQueue<Integer> inFlight, int requests) {
    final Random random = new Random(2);
    final IdleStrategy idle = idle();
    boolean published = true;
    for (int number = 0; number < requests; ) {
      final Integer length = inFlight.poll();
      if (length != null) {
        final long start = ring.position();
        write(ring, -1, length);
        ring.rollBack(start);
        write(ring, number, length);
        ring.stage(ring.position(), Frame.LENGTH_PREFIX + length);
        published = false;
        number++;
      }
      if (!published && (length == null || random.nextInt(4) == 0)) {
        ring.publish();
        published = true;
      }
      idle.idle(length == null ? 0 : 1);
    }
    ring.publish();
  }

  private static void write(ReplyRing ring, long number, int length) {
    final int offset = ring.messageOffset();
    ring.buffer().putByte(offset + length - 1, (byte) length);
    ring.buffer().putLong(offset + Frame.CORRELATION_ID_OFFSET, number, ByteOrder.LITTLE_ENDIAN);
    ring.append(length, Frame.LENGTH_PREFIX + length);
  }

  @Test
  void shouldRefuseACapacityThatItCannotWorkWith() {
    for (final int capacity : new int[] {0, ReplyRing.MIN_CAPACITY / 2, 1_000_000}) {
      assertThatThrownBy(() -> new ReplyRing(capacity, 1, () -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(capacity));
    }
  }

  @Test
  void shouldRefuseAReplyLongerThanWhatWasReservedForIt() {
    final ReplyRing ring = new ReplyRing(ReplyRing.MIN_CAPACITY, 1, () -> {});
    ring.reserve(1, Frame.LENGTH_PREFIX + 100);
    assertThatThrownBy(() -> ring.append(101, Frame.LENGTH_PREFIX + 100))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("101");
    assertThat(ring.position()).isZero();
    ring.append(100, Frame.LENGTH_PREFIX + 100);
    assertThat(ring.position()).isEqualTo(Frame.LENGTH_PREFIX + 100);
  }

  @Test
  void shouldRefuseToBeResetWhileARequestIsInFlight() {
    final ReplyRing ring = new ReplyRing(ReplyRing.MIN_CAPACITY, 1, () -> {});
    ring.reserve(1, 100);
    assertThatThrownBy(ring::reset).isInstanceOf(IllegalStateException.class);
  }

  /** The next connection has it: it must find neither replies nor the view of the one before. */
  @Test
  void shouldBeAsGoodAsNewWhenReset() {
    final ReplyRing ring = new ReplyRing(ReplyRing.MIN_CAPACITY, 1, () -> {});
    ring.reserve(1, Frame.LENGTH_PREFIX + SHORTEST);
    write(ring, 1, SHORTEST);
    ring.stage(ring.position(), Frame.LENGTH_PREFIX + SHORTEST);
    ring.publish();
    try (Ledger ledger = new Ledger();
        LedgerSnapshot view = ledger.openSnapshot()) {
      ring.heldView().keep(new AgedSnapshot(view, 0), 0);
      ring.reset();

      assertThat(view.isOpen()).isFalse();
      assertThat(ring.heldView().take(view.sequence())).isNull();
    }
    assertThat(ring.hasReplies()).isFalse();
    assertThat(ring.freeRequests()).isEqualTo(1);
    assertThat(ring.freeBytes()).isEqualTo(ReplyRing.MIN_CAPACITY);
  }
}
