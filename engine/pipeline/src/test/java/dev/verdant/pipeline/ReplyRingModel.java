package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Drives a {@link ReplyRing} and, beside it, plain lists that must agree with it. */
final class ReplyRingModel {
  /** A reply written and not yet published. */
  private record Written(int reserved, long start, long end, UnsafeBuffer frame) {}

  private final int maxInFlight;
  private final ReplyRing ring;
  private final ArrayDeque<Integer> requested = new ArrayDeque<>();
  private final List<Written> written = new ArrayList<>();
  private final ByteArrayOutputStream published = new ByteArrayOutputStream();
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private int reservedBytes;
  private int publications;
  private int publicationsSeen;

  ReplyRingModel(int maxInFlight) {
    this.maxInFlight = maxInFlight;
    this.ring = new ReplyRing(ReplyRing.MIN_CAPACITY, maxInFlight, () -> publicationsSeen++);
  }

  /** Reserves room for one more reply of this length at most, if there is any. */
  void request(int length) {
    final int reserve = Frame.LENGTH_PREFIX + length;
    final int freeBytes = ReplyRing.MIN_CAPACITY - reservedBytes - unread();
    assertThat(ring.freeRequests()).isEqualTo(maxInFlight - requested.size() - written.size());
    assertThat(ring.freeBytes()).isEqualTo(freeBytes);
    if (ring.freeRequests() > 0 && freeBytes >= reserve) {
      ring.reserve(1, reserve);
      requested.add(reserve);
      reservedBytes += reserve;
    }
  }

  private int unread() {
    return published.size() - read.size();
  }

  /** Writes the next reply, as long as was reserved or shorter. */
  void write(Random random) {
    if (requested.isEmpty()) {
      return;
    }
    final int reserved = requested.remove();
    final int longest = reserved - Frame.LENGTH_PREFIX;
    final int length = random.nextBoolean() ? longest : 1 + random.nextInt(longest);
    final byte[] frame = new byte[Frame.LENGTH_PREFIX + length];
    random.nextBytes(frame);
    Frame.putMessageLength(new UnsafeBuffer(frame), 0, length);
    final long start = ring.position();
    ring.buffer().putBytes(ring.messageOffset(), frame, Frame.LENGTH_PREFIX, length);
    ring.append(length, reserved);
    written.add(new Written(reserved, start, ring.position(), new UnsafeBuffer(frame)));
  }

  /** Takes back some of the replies that have not been published. */
  void rollBack(Random random) {
    if (written.isEmpty()) {
      return;
    }
    final int kept = random.nextInt(written.size());
    ring.rollBack(written.get(kept).start());
    while (written.size() > kept) {
      requested.addFirst(written.remove(written.size() - 1).reserved());
    }
  }

  /** Publishes some of the replies written. */
  void publish(Random random) {
    if (!written.isEmpty()) {
      publish(1 + random.nextInt(written.size()));
    }
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      final Written reply = written.remove(0);
      assertThat(ring.stage(reply.end(), reply.reserved())).isEqualTo(i == 0);
      published.writeBytes(reply.frame().byteArray());
      reservedBytes -= reply.reserved();
    }
    ring.publish();
    publications++;
  }

  /** Reads all that is there as messages, or so many bytes of it, where not 0, as a socket does. */
  void read(int bytes) {
    assertThat(ring.hasReplies()).isEqualTo(unread() > 0);
    if (bytes > 0) {
      final int expected = Math.min(bytes, unread());
      assertThat(transfer(bytes)).isEqualTo(expected);
    } else {
      ring.poll(
          (buffer, offset, length) -> {
            final byte[] frame = new byte[Frame.LENGTH_PREFIX + length];
            buffer.getBytes(offset - Frame.LENGTH_PREFIX, frame);
            read.writeBytes(frame);
          });
      assertThat(unread()).isZero();
    }
  }

  private long transfer(int bytes) {
    try (ShortChannel channel = new ShortChannel(bytes)) {
      return ring.transferTo(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers, publishes and reads what is left, and compares. */
  void finish() {
    final Random random = new Random(0);
    while (!requested.isEmpty()) {
      write(random);
    }
    if (!written.isEmpty()) {
      publish(written.size());
    }
    assertThat(ring.isAnswered()).isTrue();
    transfer(Integer.MAX_VALUE);
    assertThat(read.toByteArray()).isEqualTo(published.toByteArray());
    assertThat(publicationsSeen).isEqualTo(publications);
    assertThat(ring.isIdle()).isTrue();
    ring.reset();
    assertThat(ring.freeBytes()).isEqualTo(ReplyRing.MIN_CAPACITY);
  }

  /** Takes so many bytes, then no more, as a socket whose peer is slow. */
  private final class ShortChannel implements WritableByteChannel {
    private int room;

    ShortChannel(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer source) {
      final byte[] taken = new byte[Math.min(room, source.remaining())];
      source.get(taken);
      read.writeBytes(taken);
      room -= taken.length;
      return taken.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
