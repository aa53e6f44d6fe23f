package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/**
 * The index as of a cut against what was there when the cut was opened, through insertions,
 * forgetting and growth since.
 */
class HashIndexCutTest {
  private static final int COMMANDS = 60_000;
  private static final int MOST_CUTS = 4;
  private static final int MOST_ASKED = 2_000;

  private final SplittableRandom random = new SplittableRandom(11);
  private final Map<Integer, Long> keyBySlot = new HashMap<>();
  private final ArrayDeque<Integer> slots = new ArrayDeque<>();
  private final ArrayDeque<OpenCut> cuts = new ArrayDeque<>();
  private int nextSlot = 1;

  private record OpenCut(CutReader reader, HashIndex.Image image, List<Integer> slots, int end) {}

  @Test
  void shouldFindInEveryCutWhatWasThereWhileTheIndexGrows() {
    drive(HashIndexCutTest::hash, 0.2, 0.002);
    assertThat(slots).hasSizeGreaterThan(30_000);
  }

  @Test
  void shouldFindInEveryCutWhatWasThereWhileAsManyAreForgottenAsCome() {
    drive(HashIndexCutTest::hash, 0.5, 0.01);
  }

  @Test
  void shouldFindInEveryCutWhatWasThereWhileHashesCluster() {
    drive(HashIndexCutTest::fewHashes, 0.47, 0.01);
  }

  @Test
  void shouldFindInEveryCutWhatWasThereWhenSlotsRunRound() {
    nextSlot = -COMMANDS / 4;
    drive(HashIndexCutTest::fewHashes, 0.47, 0.01);
    assertThat(nextSlot).isPositive();
  }

  @Test
  void shouldSaveNoPageForNewEntriesThatFindRoom() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int i = 0; i < 1000; i++) {
        insert(index, HashIndexCutTest::hash);
      }
      final HashIndex.Image image = index.image();
      try (CutReader reader = memory.openCut(0)) {
        for (int i = 0; i < 1000; i++) {
          insert(index, HashIndexCutTest::hash);
        }
        assertThat(memory.keptForCutsBytes()).isZero();
        final HashIndex asOf = new HashIndex(image, reader, this::hasKey);
        for (int slot = 1; slot <= 2000; slot++) {
          final long key = keyBySlot.get(slot);
          assertThat(asOf.find(hash(key), key, 0)).isEqualTo(slot <= 1000 ? slot : 0);
        }
      }
    }
  }

  @Test
  void shouldSavePagesRatherThanGrowWhereACutStaysOpenForLong() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int i = 0; i < 3000; i++) {
        insert(index, HashIndexCutTest::hash);
      }
      final long before = memory.allocatedBytes();
      final HashIndex.Image image = index.image();
      final List<Integer> there = new ArrayList<>(slots);
      try (CutReader reader = memory.openCut(0)) {
        for (int i = 0; i < 200_000; i++) {
          forgetOldest(index);
          insert(index, HashIndexCutTest::hash);
        }
        assertThat(memory.allocatedBytes()).isLessThan(before + (8L << 20));
        final HashIndex asOf = new HashIndex(image, reader, this::hasKey);
        for (final int slot : there) {
          final long key = keyBySlot.get(slot);
          assertThat(asOf.find(hash(key), key, 0)).isEqualTo(slot);
        }
      }
    }
  }

  @Test
  void shouldDrainNoEntryOfWhatIsNotThere() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int i = 0; i < 3000; i++) {
        insert(index, HashIndexCutTest::hash);
      }
      for (int i = 0; i < 500; i++) {
        forgetOldest(index);
      }
      final HashIndex.Image image = index.image();
      try (CutReader reader = memory.openCut(0)) {
        for (int i = 0; i < 300; i++) {
          insert(index, HashIndexCutTest::hash);
        }
        final List<Integer> drained = new ArrayList<>();
        image.drain(
            reader,
            (address, length) -> {
              for (long entry = address; entry < address + length; entry += Long.BYTES) {
                if (entry % 64 != address % 64 && UnsafeApi.getInt(entry) != 0) {
                  drained.add(UnsafeApi.getInt(entry));
                }
              }
            });
        assertThat(drained).hasSize(2500).doesNotHaveDuplicates();
        assertThat(drained).allMatch(slot -> slot > 500 && slot <= 3000);
      }
    }
  }

  /** Its image when it has moved some homes, and others not. */
  private HashIndex.Image growToTheMiddle(HashIndex index) {
    for (int i = 0; i < 4 * 1024; i++) {
      insert(index, HashIndexCutTest::hash);
    }
    HashIndex.Image image = index.image();
    while (image.shape().boundary() < 500) {
      insert(index, HashIndexCutTest::hash);
      image = index.image();
    }
    return image;
  }

  @Test
  void shouldFindInACutOfTheMiddleOfGrowthWhatWasThereWhenTheIndexHasGrownOn() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      final HashIndex.Image image = growToTheMiddle(index);
      final List<Integer> there = new ArrayList<>(slots);
      try (CutReader reader = memory.openCut(0)) {
        for (int i = 0; i < 10_000; i++) {
          insert(index, HashIndexCutTest::hash);
        }
        assertThat(index.image().shape().bits()).isGreaterThan(image.shape().bits());
        assertAllFound(new HashIndex(image, reader, this::hasKey), there);
      }
    }
  }

  @Test
  void shouldGoOnFromTheMiddleOfGrowthWhenItIsFilledWithWhatWasDrainedThere() {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      final HashIndex.Image image = growToTheMiddle(index);
      final HashIndex filled = index(memory);
      try (CutReader reader = memory.openCut(0)) {
        filled.fill(image.shape(), source(drained(image, reader)));
      }
      assertAllFound(filled, slots);
      for (int i = 0; i < 5_000; i++) {
        insert(index, HashIndexCutTest::hash);
        filled.insert(hash(keyBySlot.get(slots.getLast())), slots.getLast());
      }
      assertThat(filled.image().shape()).isEqualTo(index.image().shape());
      assertAllFound(filled, slots);
    }
  }

  private void assertAllFound(HashIndex index, Iterable<Integer> slots) {
    for (final int slot : slots) {
      assertFound(index, HashIndexCutTest::hash, slot, slot);
    }
  }

  private void drive(LongUnaryOperator hash, double forgetting, double cutting) {
    try (Memory memory = new Memory()) {
      final HashIndex index = index(memory);
      for (int i = 0; i < COMMANDS; i++) {
        final double what = random.nextDouble();
        if (what < forgetting && !slots.isEmpty()) {
          forgetOldest(index);
        } else {
          insert(index, hash);
        }
        if (random.nextDouble() < cutting) {
          if (cuts.size() == MOST_CUTS) {
            check(memory, cuts.remove(), hash);
          }
          final HashIndex.Image image = index.image();
          cuts.add(new OpenCut(memory.openCut(i), image, new ArrayList<>(slots), nextSlot));
        }
        memory.reclaim();
      }
      while (!cuts.isEmpty()) {
        check(memory, cuts.remove(), hash);
      }
    }
  }

  /** By asking for all or many, and by a second index that is filled with what is drained. */
  private void check(Memory memory, OpenCut cut, LongUnaryOperator hash) {
    final HashIndex asOf = new HashIndex(cut.image, cut.reader, this::hasKey);
    final int step = 1 + cut.slots.size() / MOST_ASKED;
    for (int i = random.nextInt(step); i < cut.slots.size(); i += step) {
      assertFound(asOf, hash, cut.slots.get(i), cut.slots.get(i));
    }
    for (int slot = cut.end; slot != nextSlot && slot - cut.end < 100; slot = after(slot)) {
      assertFound(asOf, hash, slot, 0);
    }
    final HashIndex filled = new HashIndex(memory, this::hasKey);
    filled.fill(cut.image.shape(), source(drained(cut.image, cut.reader)));
    for (int i = random.nextInt(step); i < cut.slots.size(); i += step) {
      assertFound(filled, hash, cut.slots.get(i), cut.slots.get(i));
    }
    cut.reader.close();
  }

  private void assertFound(HashIndex index, LongUnaryOperator hash, int slot, int expected) {
    final long key = keyBySlot.get(slot);
    assertThat(index.find(hash.applyAsLong(key), key, 0)).isEqualTo(expected);
  }

  private static List<byte[]> drained(HashIndex.Image image, CutReader reader) {
    final List<byte[]> drained = new ArrayList<>();
    image.drain(
        reader,
        (address, length) -> {
          final byte[] bytes = new byte[length];
          for (int i = 0; i < length; i++) {
            bytes[i] = UnsafeApi.getByte(address + i);
          }
          drained.add(bytes);
        });
    return drained;
  }

  private static BlockSource source(List<byte[]> drained) {
    final ArrayDeque<Byte> bytes = new ArrayDeque<>();
    drained.forEach(
        block -> {
          for (final byte b : block) {
            bytes.add(b);
          }
        });
    return (address, length) -> {
      for (int i = 0; i < length; i++) {
        UnsafeApi.putByte(address + i, bytes.remove());
      }
    };
  }

  private HashIndex index(Memory memory) {
    return new HashIndex(memory, this::hasKey);
  }

  private boolean hasKey(int slot, long low, long high) {
    return keyBySlot.get(slot) == low;
  }

  private void insert(HashIndex index, LongUnaryOperator hash) {
    final int slot = nextSlot;
    final long key = random.nextLong();
    nextSlot = after(slot);
    keyBySlot.put(slot, key);
    slots.addLast(slot);
    index.insert(hash.applyAsLong(key), slot);
  }

  private void forgetOldest(HashIndex index) {
    index.forget(after(slots.removeFirst()));
  }

  private static int after(int slot) {
    return HashIndex.after(slot);
  }

  private static long hash(long key) {
    return HashIndex.hash(key, 0);
  }

  /** 2^13 hashes for all keys: only the keys themselves tell those of a home apart. */
  private static long fewHashes(long key) {
    return hash(key) & 0xFFF8_0000_0000_0000L;
  }
}
