package dev.verdant.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.memory.Memory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benches at small sizes: every reply and the books are checked in them, no time is. */
class SnapshotBenchTest {
  @TempDir private Path directory;

  @AfterEach
  void shouldLeaveNothing() {
    assertThat(Memory.totalAllocatedBytes()).isZero();
    assertThat(Memory.totalOpenReaders()).isZero();
  }

  @Test
  void shouldCompareBothSidesOfEveryMeasurement() throws Exception {
    final Result result =
        SnapshotBench.run(new SnapshotSettings().quick().directory(directory).conclude());

    assertThat(result.rows())
        .extracting(Row::name)
        .contains(
            "jitter.max",
            "jitter.busy.max",
            "snapshot.memory.p99.9.without",
            "snapshot.memory.p99.9.with",
            "snapshot.memory.max.difference",
            "snapshot.journal.max.difference",
            "saturation.memory.share",
            "saturation.journal.share",
            "snapshot.small-bound.given-up",
            "snapshot.small-bound-rests.max.difference",
            "snapshot.small-bound-rests.given-up");
    assertThat(result.holds()).isTrue();
    assertThat(result.plots()).hasSize(4).allSatisfy(plot -> assertThat(plot.curves()).hasSize(2));
    assertThat(directory.resolve("journal")).doesNotExist();
  }

  @Test
  void shouldLoadTheLedgerThatItHasWrittenWhileOrdersFlowed() throws Exception {
    final Result result =
        MemoryBench.run(new MemorySettings().quick().directory(directory).conclude());

    assertThat(result.rows())
        .extracting(Row::name)
        .contains(
            "memory.off-heap",
            "memory.table.accounts",
            "memory.table.lots",
            "memory.table.transactions",
            "snapshot.load.seconds");
    assertThat(row(result, "memory.table.accounts").value())
        .isGreaterThanOrEqualTo(20_000 * 192 / 1048576.0);
    assertThat(row(result, "memory.resident").value()).isPositive();
  }

  private static Row row(Result result, String name) {
    return result.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }
}
