package dev.verdant.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.TradingDay;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BareJournalTest {
  private static final int MOST = 8;
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"2.5, 0, 2.5", "1, 0.25, 1", "100, 1, 8", "0.5, 0, 1"})
  void shouldKeepBatchesAsLargeAsTold(double told, double forces, double kept) throws IOException {
    try (TradingDay day = new TradingDay(new Population(Profile.uniform(1)), MOST)) {
      day.next();
      try (BareJournal journal = new BareJournal(directory, Durability.SYNCED, day, MOST)) {
        assertThat(journal.ordersPerSecond(NANOS, told, forces)).isPositive();
      }
    }

    VerificationReport report =
        JournalVerifier.verify(directory, (sequence, buffer, offset, length) -> {});
    assertThat(report.batches()).isPositive();
    assertThat(report.commands()).isEqualTo((long) (report.batches() * kept));
  }
}
