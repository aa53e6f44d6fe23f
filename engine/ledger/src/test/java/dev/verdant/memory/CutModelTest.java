package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LeakGuarded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** Random changes, cuts, growth and expiry of a queue of records, against plain copies. */
class CutModelTest extends LeakGuarded {
  private static final int SEEDS = 60;
  private static final int STEPS = 4000;
  private static final int RECORD_BYTES = 32;
  private static final int RECORDS_OF_SEGMENT = 1024;
  private static final int LARGEST = 6 * RECORDS_OF_SEGMENT;

  @Test
  void shouldReadInEveryCutWhatStoodThereWhenItWasOpened() {
    int abandoned = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      abandoned += new Run(seed).run();
    }
    assertThat(abandoned).as("cuts given up").isBetween(SEEDS, SEEDS * 200);
  }

  private record Opened(CutReader reader, Records records, int head, List<Long> values) {}

  private static final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final Memory memory;
    private final Table table;
    private final long[] values = new long[LARGEST];
    private final List<Opened> opened = new ArrayList<>();
    private int head;
    private int tail;
    private int abandoned;

    Run(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      memory = new Memory(seed % 3 == 0 ? 8_000 : 150_000);
      table = new Table(memory, SegmentLayout.of(RECORD_BYTES, RECORDS_OF_SEGMENT * RECORD_BYTES));
    }

    int run() {
      for (int step = 0; step < STEPS; step++) {
        final int choice = random.nextInt(100);
        if (choice < 30) {
          append(random.nextInt(1, 6));
        } else if (choice < 40 && tail - head > 1) {
          expire(random.nextInt(1, Math.min(tail - head, 12)));
        } else if (choice < 80 && tail > head) {
          change(head + random.nextInt(tail - head));
        } else if (choice < 84 && opened.size() < 6) {
          open();
        } else if (choice < 88 && !opened.isEmpty()) {
          opened.remove(random.nextInt(opened.size())).reader().close();
        } else if (!opened.isEmpty()) {
          check(opened.get(random.nextInt(opened.size())));
        }
        memory.reclaim();
      }
      List.copyOf(opened).forEach(this::check);
      opened.forEach(cut -> cut.reader().close());
      while (memory.openCuts() > 0 || memory.keptForCutsBytes() > 0) {
        memory.reclaim();
      }
      memory.close();
      assertThat(memory.allocatedBytes()).as("seed %d", seed).isZero();
      return abandoned;
    }

    private void append(int count) {
      for (int i = 0; i < count && tail < LARGEST; i++) {
        table.ensure(tail, head);
        change(tail++);
      }
    }

    private void change(int slot) {
      values[slot] = random.nextLong();
      final long record = table.writable(slot);
      UnsafeApi.putLong(record, values[slot]);
      UnsafeApi.putLong(record + RECORD_BYTES - Long.BYTES, ~values[slot]);
    }

    private void expire(int count) {
      for (int i = 0; i < count; i++) {
        if (!table.sameSegment(head, head + 1)) {
          table.release(head);
        }
        head++;
      }
    }

    private void open() {
      final CutReader reader = memory.openCut(tail);
      opened.add(
          new Opened(
              reader,
              reader.records(table),
              head,
              Arrays.stream(values, 0, tail).boxed().toList()));
    }

    private void check(Opened cut) {
      final int size = cut.values().size() - cut.head();
      for (int i = 0; i < Math.min(size, 40); i++) {
        final int slot = cut.head() + random.nextInt(size);
        try {
          final long record = cut.records().address(slot);
          assertThat(UnsafeApi.getLong(record))
              .as("seed %d, slot %d of cut %d", seed, slot, cut.reader().cut().sequence())
              .isEqualTo(cut.values().get(slot));
          assertThat(UnsafeApi.getLong(record + RECORD_BYTES - Long.BYTES))
              .isEqualTo(~cut.values().get(slot));
        } catch (CutAbandonedException e) {
          cut.reader().close();
          opened.remove(cut);
          abandoned++;
          return;
        }
      }
    }
  }
}
