package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The index against a hash map, through growth, deletion and replacement. */
class HashIndexTest {
  private static final int COMMANDS = 400_000;

  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<Integer, Long> keyBySlot = new HashMap<>();
  private final Map<Long, Integer> slotByKey = new HashMap<>();
  private final List<Long> keys = new ArrayList<>();

  @Test
  void shouldFindExactlyWhatAMapFindsWhenItGrowsAndShrinksForLong() {
    final long allocatedBefore = Memory.totalAllocatedBytes();
    try (Memory memory = new Memory()) {
      drive(index(memory), key -> HashIndex.hash(key, 0), 0.25);
      assertThat(slotByKey).hasSizeGreaterThan(150_000);
    }
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(allocatedBefore);
  }

  @Test
  void shouldFindExactlyWhatAMapFindsWhenHashesCollideAndCluster() {
    try (Memory memory = new Memory()) {
      // 2^13 hashes for all keys: only the keys themselves tell those of a home apart.
      drive(index(memory), key -> HashIndex.hash(key, 0) & 0xFFF8_0000_0000_0000L, 0.45);
      assertThat(slotByKey).hasSizeGreaterThan(15_000);
    }
  }

  @Test
  void shouldGiveTheOldTableBackWhenItHasGrown() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int slot = 1; slot <= 2_000_000; slot++) {
        insert(index, HashIndex.hash(slot, 0), slot, slot);
      }
      // 2^22 homes of 8 bytes and what belongs to their pages, with a segment or two of margin.
      assertThat(memory.allocatedBytes()).isBetween(36L << 20, 39L << 20);
      assertThat(index.size()).isEqualTo(2_000_000);
    }
  }

  @Test
  void shouldKeepBothWhenAnotherKeyTookThePlaceWhereAProbeHadEnded() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      final long home = 7L << 60;
      assertThat(index.find(home | 1L << 32, 1, 0)).isZero();
      keyBySlot.put(12, 2L);
      index.insert(home | 2L << 32, 12);
      keyBySlot.put(11, 1L);
      index.insert(home | 1L << 32, 11);

      assertThat(index.find(home | 1L << 32, 1, 0)).isEqualTo(11);
      assertThat(index.find(home | 2L << 32, 2, 0)).isEqualTo(12);
      assertThat(index.size()).isEqualTo(2);
    }
  }

  @Test
  void shouldFindTheKeyWhenTheIndexHasGrownSinceTheProbeThatFoundNothing() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int slot = 1; slot <= 20_000; slot++) {
        final long hash = HashIndex.hash(slot, 0);
        assertThat(index.find(hash, slot, 0)).isZero();
        keyBySlot.put(slot, (long) slot);
        index.insert(hash, slot);
      }
      for (int slot = 1; slot <= 20_000; slot++) {
        assertThat(index.find(HashIndex.hash(slot, 0), slot, 0)).isEqualTo(slot);
      }
    }
  }

  private HashIndex index(Memory memory) {
    return new HashIndex(memory, (slot, low, high) -> keyBySlot.get(slot) == low);
  }

  private void drive(HashIndex index, LongUnaryOperator hash, double removals) {
    int nextSlot = 1;
    for (int i = 0; i < COMMANDS; i++) {
      final double dice = random.nextDouble();
      if (dice < removals && !keys.isEmpty()) {
        remove(index, hash);
      } else if (dice < removals + 0.05 && !keys.isEmpty()) {
        final long key = keys.get(random.nextInt(keys.size()));
        final int slot = slotByKey.get(key);
        final int replacement = nextSlot++;
        keyBySlot.put(replacement, key);
        index.replace(hash.applyAsLong(key), slot, replacement);
        slotByKey.put(key, replacement);
        keyBySlot.remove(slot);
      } else {
        final long key = random.nextLong();
        insert(index, hash.applyAsLong(key), key, nextSlot++);
      }
      if (i % 8 == 0) {
        final long key = keys.isEmpty() ? 1 : keys.get(random.nextInt(keys.size()));
        assertThat(index.find(hash.applyAsLong(key), key, 0)).isEqualTo(slotByKey.get(key));
        final long absent = random.nextLong();
        assertThat(index.find(hash.applyAsLong(absent), absent, 0)).isZero();
      }
    }
    assertThat(index.size()).isEqualTo(slotByKey.size());
    slotByKey.forEach(
        (key, slot) -> assertThat(index.find(hash.applyAsLong(key), key, 0)).isEqualTo((int) slot));
  }

  private void insert(HashIndex index, long hash, long key, int slot) {
    keyBySlot.put(slot, key);
    slotByKey.put(key, slot);
    keys.add(key);
    index.insert(hash, slot);
  }

  private void remove(HashIndex index, LongUnaryOperator hash) {
    final int position = random.nextInt(keys.size());
    final long key = keys.get(position);
    keys.set(position, keys.get(keys.size() - 1));
    keys.remove(keys.size() - 1);
    final int slot = slotByKey.remove(key);
    index.remove(hash.applyAsLong(key), slot);
    keyBySlot.remove(slot);
  }
}
