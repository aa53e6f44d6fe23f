package dev.verdant.ops.drill.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the drill expects of a copied file, which it must know apart from the journal. */
class JournalDamageTest {
  private static final int SEEDS = 40;
  private static final int COUNT = 10;

  @TempDir private Path data;

  @Test
  void shouldExpectToLoseWhatFollowsTheQueueOfTheCopiedFile() throws IOException {
    final Path firstQueue = queue(1);
    final Path secondQueue = queue(2);
    writeBatch(firstQueue.resolve("19700101L.cq4"), 1);
    writeBatch(firstQueue.resolve("19700102L.cq4"), 11);
    writeBatch(secondQueue.resolve("19700101L.cq4"), 21);

    final Set<Path> queues = new HashSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      final Damage.Wound wound = JournalDamage.duplicate(data, data, new SplittableRandom(seed));
      final Path queue = wound.file().getParent();
      assertThat(wound.file()).exists().hasFileName("99991231L.cq4");
      final long last = queue.equals(firstQueue) ? 20 : 30;
      assertThat(wound.sequence()).hasValue(last + 1);
      // A start from a snapshot of the last one begins with the queue after it.
      assertThat(wound.losesBehind(last)).isFalse();
      assertThat(wound.losesBehind(last - 1)).isTrue();
      queues.add(queue);
      wound.heal();
      assertThat(wound.file()).doesNotExist();
    }
    assertThat(queues).containsExactlyInAnyOrder(firstQueue, secondQueue);
  }

  @Test
  void shouldPutBackAFileWhoseEmptyDirectoryAServerHasDeleted() throws IOException {
    for (long seed = 0; seed < SEEDS; seed++) {
      final Path older = writeBatch(queue(1).resolve("19700101L.cq4"), 1);
      writeBatch(queue(2).resolve("19700101L.cq4"), 11);
      writeBatch(queue(3).resolve("19700101L.cq4"), 21);
      final Damage.Wound wound = JournalDamage.remove(data, data, new SplittableRandom(seed));
      assertThat(wound.file()).doesNotExist();
      Files.delete(wound.file().getParent());
      wound.heal();
      // The oldest may as well have been retired.
      assertThat(Files.exists(wound.file())).isEqualTo(!wound.file().equals(older));
    }
  }

  private Path queue(int number) throws IOException {
    return Files.createDirectories(data.resolve("journal/0000000" + number));
  }

  /** A file that holds one batch and no more, as far as the drill reads it. */
  private static Path writeBatch(Path file, long firstSequence) throws IOException {
    final ByteBuffer batch = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    batch.putInt(Long.BYTES + Long.BYTES + Integer.BYTES);
    batch.putLong(0);
    batch.putLong(firstSequence);
    batch.putInt(COUNT);
    return Files.write(file, batch.array());
  }
}
