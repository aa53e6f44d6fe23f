package dev.verdant.ledger.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.StateSink;
import dev.verdant.ledger.StateSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** A state's parts in memory. */
public final class StateBytes implements StateSink, StateSource {
  private final Map<StatePart, ByteBuffer> parts = new EnumMap<>(StatePart.class);
  private final UnsafeBuffer run = new UnsafeBuffer(0, 0);
  private ByteBuffer current;

  @Override
  public void begin(StatePart part, long length) {
    requireWhole();
    current = ByteBuffer.allocate(Math.toIntExact(length));
    assertThat(parts.put(part, current)).as("%s before", part).isNull();
  }

  @Override
  public void write(long address, int length) {
    run.wrap(address, length);
    run.getBytes(0, current, length);
  }

  /** Each part has got the bytes that it was begun with. */
  public StateBytes requireWhole() {
    if (current != null) {
      assertThat(current.remaining()).isZero();
    }
    return this;
  }

  @Override
  public long begin(StatePart part) {
    current = parts.get(part).duplicate().rewind();
    return current.capacity();
  }

  @Override
  public void read(long address, int length) {
    run.wrap(address, length);
    run.putBytes(0, current, length);
  }

  /** The parts that are not the same byte for byte. */
  public List<StatePart> differences(StateBytes other) {
    return Arrays.stream(StatePart.values())
        .filter(part -> !parts.get(part).rewind().equals(other.parts.get(part).rewind()))
        .toList();
  }

  /** CRC32C of each part. */
  public Map<StatePart, Integer> checksums() {
    final Map<StatePart, Integer> checksums = new EnumMap<>(StatePart.class);
    parts.forEach(
        (part, bytes) -> {
          final CRC32C crc = new CRC32C();
          crc.update(bytes.duplicate().rewind());
          checksums.put(part, (int) crc.getValue());
        });
    return checksums;
  }

  /** Loses the last word of a part. */
  public void shorten(StatePart part) {
    final ByteBuffer whole = parts.get(part);
    parts.put(part, whole.slice(0, whole.capacity() - Long.BYTES));
  }
}
