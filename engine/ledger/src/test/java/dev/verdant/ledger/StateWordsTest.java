package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StateWordsTest {
  /** More than a writer has room for at first, several times over. */
  private static final int WORDS = 5_000;

  /** Keeps the words' bytes and gives them back. */
  private static final class Kept implements StateSink, StateSource {
    private byte[] bytes = {};

    @Override
    public void begin(StatePart part, long length) {
      assertThat(part).isEqualTo(StatePart.STATE);
      bytes = new byte[Math.toIntExact(length)];
    }

    @Override
    public void write(long address, int length) {
      assertThat(length).isEqualTo(bytes.length);
      new UnsafeBuffer(address, length).getBytes(0, bytes);
    }

    @Override
    public long begin(StatePart part) {
      assertThat(part).isEqualTo(StatePart.STATE);
      return bytes.length;
    }

    @Override
    public void read(long address, int length) {
      new UnsafeBuffer(address, length).putBytes(0, bytes, 0, length);
    }
  }

  private static long word(int number) {
    return number * 0x9E37_79B9_7F4A_7C15L;
  }

  private static Kept written(int words) {
    final StateWords.Writer writer = new StateWords.Writer();
    for (int i = 0; i < words; i++) {
      assertThat(writer.word(word(i))).isEqualTo(word(i));
    }
    final Kept kept = new Kept();
    writer.drain(kept);
    return kept;
  }

  @Test
  void shouldReadBackEveryWordWritten() {
    final StateWords.Reader reader = new StateWords.Reader(written(WORDS));
    for (int i = 0; i < WORDS; i++) {
      assertThat(reader.word(0L)).isEqualTo(word(i));
    }
    reader.requireEnd();
  }

  @Test
  void shouldRefuseAStateThatEndsEarlyOrLate() {
    final StateWords.Reader reader = new StateWords.Reader(written(1));
    assertThatThrownBy(reader::requireEnd)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8 bytes, 0 are known");
    reader.word(0L);
    assertThatThrownBy(() -> reader.word(0L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends after 8 bytes");
  }
}
