package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every command asks; that all comes back in the end is shown by the tests of cuts. */
class LimboTest {
  private static final int BYTES = SavedPage.BLOCK_BYTES;

  private final Memory memory = new Memory();
  private final Limbo limbo = new Limbo(new CutSpace(memory, BYTES), new ReaderRegistry());
  private final SavedPageList blocks = new SavedPageList();

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void shouldBeEmptyWhereNothingHasCome() {
    limbo.addAll(blocks);
    assertThat(limbo.isEmpty()).isTrue();
    limbo.poll();
    assertThat(limbo.isEmpty()).isTrue();
  }

  @Test
  void shouldNotBeEmptyOnceBlocksHaveCome() {
    final long block = Memory.allocateBuffer(BYTES);
    try {
      blocks.add(block);
      limbo.addAll(blocks);
      limbo.addAll(blocks); // has given its blocks away
      assertThat(limbo.isEmpty()).isFalse();
    } finally {
      Memory.freeBuffer(block, BYTES);
    }
  }
}
