package dev.verdant.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.StateSink;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BareMemoryTest {
  private static final Profile PROFILE = Profile.uniform(500);
  private static final int ORDERS = 1_000;

  @Test
  void shouldHaveRecordsOfTheLedgersSizes() {
    Map<StatePart, Long> bytes = bytesOfALedger();
    assertThat(bytes)
        .containsEntry(
            StatePart.ACCOUNTS, new Population(PROFILE).accounts() * BareMemory.ACCOUNT_BYTES)
        .containsEntry(StatePart.QUOTAS, (long) PROFILE.merchants() * BareMemory.QUOTA_BYTES)
        .containsEntry(StatePart.TRANSACTIONS, (long) ORDERS * BareMemory.TRANSACTION_BYTES);
  }

  /** What a ledger writes of each of its parts after a day of trade. */
  private static Map<StatePart, Long> bytesOfALedger() {
    Map<StatePart, Long> bytes = new EnumMap<>(StatePart.class);
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, PROFILE, ORDERS)) {
      trade.open();
      trade.tradeADay(new Timeline());
      try (LedgerSnapshot snapshot = target.ledger().openSnapshot()) {
        snapshot.writeTo(
            new StateSink() {
              @Override
              public void begin(StatePart part, long length) {
                bytes.put(part, length);
              }

              @Override
              public void write(long address, int length) {
                // only sizes count
              }
            });
      }
    }
    return bytes;
  }
}
