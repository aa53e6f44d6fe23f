package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LeakGuarded;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutReaderPauseTest extends LeakGuarded {
  private static final int RECORD_BYTES = 32;
  private static final int RECORDS = 4 * 32_768;
  private static final int PAUSES = RECORDS * RECORD_BYTES / CutReader.BYTES_BETWEEN_PAUSES;

  private final Memory memory = new Memory(1 << 20);
  private final Table table = new Table(memory, RECORD_BYTES);
  private int pausesInACopy;
  private int pauses;

  CutReaderPauseTest() {
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
  void shouldPauseBetweenCopiesAgainAndAgainWhereItReadsPageByPage() {
    try (CutReader reader = pausing(memory.openCut(1))) {
      readAll(reader.records(table));
      assertThat(pauses).isEqualTo(PAUSES);
      assertThat(pausesInACopy).isZero();
    }
  }

  @Test
  void shouldPauseBetweenCopiesAgainAndAgainWhereItDrains() {
    try (CutReader reader = pausing(memory.openCut(1))) {
      reader.drain(table, 0, RECORDS, (address, length) -> {});
      assertThat(pauses).isEqualTo(PAUSES);
      assertThat(pausesInACopy).isZero();
    }
  }

  @Test
  void shouldCountWhatIsCopiedOfAllTables() {
    try (CutReader reader = pausing(memory.openCut(1))) {
      for (int i = 0; i < 2; i++) {
        readAll(reader.records(table));
      }
      assertThat(pauses).isEqualTo(2 * PAUSES);
    }
  }

  @Test
  void shouldNotPauseUnlessTold() {
    try (CutReader reader = memory.openCut(1)) {
      readAll(reader.records(table));
      assertThat(pauses).isZero();
    }
  }

  private CutReader pausing(CutReader reader) {
    reader.pauseWith(
        () -> {
          pauses++;
          if (CutReader.isInside(reader.copiesVolatile())) {
            pausesInACopy++;
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
