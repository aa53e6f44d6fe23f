package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.harness.LeakGuarded;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReaderPaceTest extends LeakGuarded {
  private static final int RECORD_BYTES = 32;
  private static final int RECORDS = 4 * 32_768;
  private static final int RESTS = RECORDS * RECORD_BYTES / CutReader.BYTES_BETWEEN_RESTS;

  private final Memory memory = new Memory(1 << 20);
  private final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
  private int inACopy;
  private int rests;
  private int restsInVain;

  ReaderPaceTest() {
    for (int slot = 0; slot < RECORDS; slot++) {
      table.ensure(slot, 0);
      UnsafeApi.putLong(table.writable(slot), slot);
    }
  }

  @AfterEach
  void closeMemory() {
    memory.close();
  }

  @Test
  void shouldRestBetweenCopiesAgainAndAgainWhereItReadsPageByPage() {
    try (CutReader reader = atPace(memory.openCut(1))) {
      readAll(reader.records(table));
      assertThat(rests).isEqualTo(RESTS);
      assertThat(inACopy).isZero();
    }
  }

  @Test
  void shouldRestBetweenCopiesAgainAndAgainWhereItDrains() {
    try (CutReader reader = atPace(memory.openCut(1))) {
      reader.drain(table, 0, RECORDS, (address, length) -> {});
      assertThat(rests).isEqualTo(RESTS);
      assertThat(inACopy).isZero();
    }
  }

  @Test
  void shouldCountWhatIsCopiedOfAllTables() {
    try (CutReader reader = atPace(memory.openCut(1))) {
      for (int i = 0; i < 2; i++) {
        readAll(reader.records(table));
      }
      assertThat(rests).isEqualTo(2 * RESTS);
    }
  }

  @Test
  void shouldNotRestUnlessTold() {
    try (CutReader reader = memory.openCut(1)) {
      readAll(reader.records(table));
      assertThat(rests).isZero();
    }
  }

  @Test
  void shouldRestBeforeItIsToldThatItsCutHasBeenGivenUp() {
    try (CutReader reader = atPace(memory.openCut(1));
        CutReader other = atPace(reader.cut().newReader())) {
      Records records = reader.records(table);
      memory.close();
      assertThatThrownBy(() -> records.address(0)).isInstanceOf(CutAbandonedException.class);
      assertThat(restsInVain).isEqualTo(1);
      assertThatThrownBy(() -> other.drain(table, 0, RECORDS, (address, length) -> {}))
          .isInstanceOf(CutAbandonedException.class);
      assertThat(restsInVain).isEqualTo(2);
      assertThat(inACopy).isZero();
      assertThat(rests).isZero();
    }
  }

  private CutReader atPace(CutReader reader) {
    reader.keepPace(
        new ReaderPace() {
          @Override
          public void afterCopies() {
            rests++;
            look();
          }

          @Override
          public void afterAbandoned() {
            restsInVain++;
            look();
          }

          private void look() {
            if (CutReader.isInside(reader.copiesVolatile())) {
              inACopy++;
            }
          }
        });
    return reader;
  }

  private static void readAll(Records records) {
    for (int slot = 0; slot < RECORDS; slot++) {
      assertThat(UnsafeApi.getLong(records.address(slot))).isEqualTo(slot);
    }
  }
}
