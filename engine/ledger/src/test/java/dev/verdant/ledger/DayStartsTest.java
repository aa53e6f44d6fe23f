package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against a queue that keeps the day of each record. */
class DayStartsTest {
  private record Entry(int day, int slot) {}

  private final SplittableRandom random = new SplittableRandom(20250120);
  private final ArrayDeque<Entry> records = new ArrayDeque<>();
  private final DayStarts starts = new DayStarts();
  private int day;
  private int nextSlot = -1000;

  private void add() {
    starts.add(day, nextSlot);
    records.addLast(new Entry(day, nextSlot));
    nextSlot = nextSlot == -1 ? 1 : nextSlot + 1;
  }

  private void removeOldest() {
    records.removeFirst();
    if (records.isEmpty()) {
      starts.clear();
    } else {
      starts.oldestIs(records.getFirst().slot());
    }
  }

  @Test
  void shouldTellTheOldestRecordsDayWhateverComesAndGoes() {
    int most = 0;
    for (int i = 0; i < 20_000; i++) {
      final int dice = random.nextInt(10);
      if (dice == 0) {
        // A change of the offset may set the day back while there are no accounts.
        day += random.nextInt(5) - 1;
      } else if (dice < (i / 5000 % 2 == 0 ? 7 : 4)) {
        add();
      } else if (!records.isEmpty()) {
        removeOldest();
      }
      if (!records.isEmpty()) {
        assertThat(starts.oldest()).isEqualTo(records.getFirst().day());
        assertThat(starts.copy().oldest()).isEqualTo(records.getFirst().day());
      }
      most = Math.max(most, records.size());
    }
    assertThat(most).isGreaterThan(1000);
  }

  @Test
  void shouldTellTheSameWhenToldAndTaken() {
    for (day = 1; day <= 50; day++) {
      add();
      add();
    }
    for (int i = 0; i < 21; i++) {
      removeOldest();
    }
    final Told told = new Told();
    starts.exchange(told);
    final DayStarts taken = new DayStarts();
    taken.exchange(new Taken(told.words));
    while (!records.isEmpty()) {
      assertThat(taken.oldest()).isEqualTo(records.getFirst().day());
      removeOldest();
      if (!records.isEmpty()) {
        taken.oldestIs(records.getFirst().slot());
      }
    }
  }

  private static final class Told extends StateWords {
    final ArrayDeque<Long> words = new ArrayDeque<>();

    @Override
    long word(long value) {
      words.addLast(value);
      return value;
    }
  }

  private static final class Taken extends StateWords {
    private final ArrayDeque<Long> words;

    Taken(ArrayDeque<Long> words) {
      this.words = words;
    }

    @Override
    long word(long ignored) {
      return words.removeFirst();
    }
  }
}
