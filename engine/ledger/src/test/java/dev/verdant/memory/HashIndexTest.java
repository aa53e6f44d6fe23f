package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The index against a hash map, through growth and forgetting. */
class HashIndexTest {
  private static final int COMMANDS = 400_000;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<Integer, Long> keyBySlot = new HashMap<>();
  private final Map<Long, Integer> slotByKey = new HashMap<>();
  private final ArrayDeque<Integer> slots = new ArrayDeque<>();
  private int nextSlot = 1;

  @Test
  void shouldFindExactlyWhatAMapFindsWhenItGrowsAndForgetsForLong() {
    final long allocatedBefore = Memory.totalAllocatedBytes();
    try (Memory memory = new Memory()) {
      drive(index(memory), HashIndexTest::hash, 0.25);
      assertThat(slotByKey).hasSizeGreaterThan(150_000);
    }
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(allocatedBefore);
  }

  @Test
  void shouldFindExactlyWhatAMapFindsWhenAsManyAreForgottenAsCome() {
    try (Memory memory = new Memory()) {
      drive(index(memory), HashIndexTest::hash, 0.5);
      assertThat(slotByKey).hasSizeLessThan(5_000);
    }
  }

  @Test
  void shouldFindExactlyWhatAMapFindsWhenHashesCollideAndCluster() {
    try (Memory memory = new Memory()) {
      drive(index(memory), HashIndexTest::fewHashes, 0.45);
      assertThat(slotByKey).hasSizeGreaterThan(15_000);
    }
  }

  @Test
  void shouldFindExactlyWhatAMapFindsWhenSlotsRunRound() {
    try (Memory memory = new Memory()) {
      nextSlot = -COMMANDS / 4;
      drive(index(memory), HashIndexTest::fewHashes, 0.45);
      assertThat(nextSlot).isPositive();
    }
  }

  @Test
  void shouldFindNothingAfterAllIsForgottenAndAgainWhatComesThen() {
    try (Memory memory = new Memory()) {
      nextSlot = -3;
      final HashIndex index = index(memory);
      for (long key = 1; key <= 3; key++) {
        insert(index, HashIndexTest::hash, key);
      }
      while (!slots.isEmpty()) {
        forgetOldest(index);
      }
      for (long key = 0; key <= 3; key++) {
        assertThat(index.find(hash(key), key, 0)).isZero();
        assertThat(index.guess(hash(key))).isZero();
      }
      insert(index, HashIndexTest::hash, 2);
      assertThat(index.find(hash(2), 2, 0)).isEqualTo(1);
      assertThat(index.guess(hash(2))).isEqualTo(1);
    }
  }

  @Test
  void shouldFindWhatPassedABucketWhenWhatPassedItBeforeIsForgotten() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      final LongUnaryOperator oneHome = key -> (5L << 54) | (key << 32);
      for (long key = 1; key <= 30; key++) {
        insert(index, oneHome, key);
      }
      for (int forgotten = 0; forgotten <= 30; forgotten++) {
        for (long key = 1; key <= 30; key++) {
          assertThat(index.find(oneHome.applyAsLong(key), key, 0))
              .isEqualTo(key <= forgotten ? 0 : (int) key);
        }
        if (forgotten < 30) {
          forgetOldest(index);
        }
      }
    }
  }

  @Test
  void shouldTellWhereAProbeGoesOnAsLongAsWhatPassedTheHomeIsThere() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      final long home = index.home(0);
      for (long key = 1; key <= Bucket.ENTRIES; key++) {
        insert(index, any -> 0, key);
        assertThat(index.behind(home)).isZero();
      }
      insert(index, any -> 0, Bucket.ENTRIES + 1);
      assertThat(index.behind(home)).isEqualTo(home + Bucket.BYTES);
      assertThat(Bucket.matches(index.behind(home), 0) & 1).isOne();
      while (!slots.isEmpty()) {
        forgetOldest(index);
      }
      assertThat(index.behind(home)).isZero();
    }
  }

  @Test
  void shouldNotAskForTheKeyOfARecordThatIsGone() {
    try (Memory memory = new Memory()) {
      final HashIndex index =
          new HashIndex(
              memory,
              (slot, low, high) -> {
                assertThat(slot).isGreaterThan(1);
                return keyBySlot.get(slot) == low;
              });
      insert(index, HashIndexTest::hash, 10);
      insert(index, HashIndexTest::hash, 11);
      forgetOldest(index);

      assertThat(index.find(hash(10), 10, 0)).isZero();
      assertThat(index.find(hash(11), 11, 0)).isEqualTo(2);
    }
  }

  @Test
  void shouldGiveTheOldTableBackWhenItHasGrown() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int slot = 1; slot <= 2_000_000; slot++) {
        index.insert(hash(slot), slot);
      }
      // 2^19 buckets of 64 bytes and what belongs to their pages, with a segment or two of margin.
      assertThat(memory.allocatedBytes()).isBetween(36L << 20, 39L << 20);
    }
  }

  @Test
  void shouldFindTheKeyWhenTheIndexHasGrownSinceTheProbeThatFoundNothing() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int key = 1; key <= 20_000; key++) {
        assertThat(index.find(hash(key), key, 0)).isZero();
        insert(index, HashIndexTest::hash, key);
      }
      for (int key = 1; key <= 20_000; key++) {
        assertThat(index.find(hash(key), key, 0)).isEqualTo(key);
      }
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFitBehindTheLastHome() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      assertThatThrownBy(
              () -> {
                for (int slot = 1; slot <= 10_000; slot++) {
                  index.insert(-1L, slot);
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("hash clusters");
    }
  }

  private HashIndex index(Memory memory) {
    return new HashIndex(memory, (slot, low, high) -> keyBySlot.get(slot) == low);
  }

  private void drive(HashIndex index, LongUnaryOperator hash, double forgetting) {
    for (int i = 0; i < COMMANDS; i++) {
      if (random.nextDouble() < forgetting && !slots.isEmpty()) {
        forgetOldest(index);
      } else {
        insert(index, hash, random.nextLong());
      }
      if (i % 8 == 0 && !slots.isEmpty()) {
        final int slot = slots.peekFirst() + random.nextInt(slots.size());
        final Long key = keyBySlot.get(slot);
        if (key != null) { // slot 0 is nobody's
          assertThat(index.find(hash.applyAsLong(key), key, 0)).isEqualTo(slot);
        }
        final long absent = random.nextLong();
        assertThat(index.find(hash.applyAsLong(absent), absent, 0)).isZero();
      }
    }
    slotByKey.forEach(
        (key, slot) -> assertThat(index.find(hash.applyAsLong(key), key, 0)).isEqualTo((int) slot));
  }

  private void insert(HashIndex index, LongUnaryOperator hash, long key) {
    final int slot = nextSlot;
    nextSlot = after(slot);
    keyBySlot.put(slot, key);
    slotByKey.put(key, slot);
    slots.addLast(slot);
    index.insert(hash.applyAsLong(key), slot);
  }

  private void forgetOldest(HashIndex index) {
    final int slot = slots.removeFirst();
    slotByKey.remove(keyBySlot.remove(slot));
    index.forget(after(slot));
  }

  private static long hash(long key) {
    return HashIndex.hash(key, 0);
  }

  /** 2^13 hashes for all keys: only the keys themselves tell those of a home apart. */
  private static long fewHashes(long key) {
    return hash(key) & 0xFFF8_0000_0000_0000L;
  }

  private static int after(int slot) {
    return slot == -1 ? 1 : slot + 1;
  }
}
