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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BareMemoryTest {
  private static final Profile PROFILE = Profile.uniform(500);
  private static final int ORDERS = 1_000;
  private static final int LINE_BYTES = 64;

  @Test
  void shouldHaveRecordsOfTheLedgersSizes() {
    Map<StatePart, Long> bytes = bytesOfALedger();
    assertThat(bytes)
        .containsEntry(
            StatePart.ACCOUNTS, new Population(PROFILE).accounts() * BareMemory.ACCOUNT_BYTES)
        .containsEntry(StatePart.QUOTAS, (long) PROFILE.merchants() * BareMemory.QUOTA_BYTES)
        .containsEntry(StatePart.TRANSACTIONS, (long) ORDERS * BareMemory.TRANSACTION_BYTES);
  }

  @Test
  void shouldReadAndChangeElevenLinesOfEachOrder() {
    try (BareMemory memory = new BareMemory(100_000, 10_000, 10_000)) {
      long[] lines = memory.locate();
      UnsafeApi.putLong(lines[0], 1);
      memory.touch();
      memory.change();

      assertThat(Arrays.stream(lines).allMatch(line -> UnsafeApi.getLong(line) != 0)).isTrue();
      assertThat(lines.length % BareMemory.LINES_AN_ORDER).isZero();
      for (int order = 0; order < lines.length; order += BareMemory.LINES_AN_ORDER) {
        long[] ofOne = Arrays.copyOfRange(lines, order, order + BareMemory.LINES_AN_ORDER);
        assertThat(Arrays.stream(ofOne).map(line -> line / LINE_BYTES).distinct()).hasSize(11);
      }
    }
  }

  /** The other lines are entries of indexes and the order's own record. */
  @Test
  void shouldChangeAsManyLinesOfAccountsAndQuotasAsAnOrderOfTheLedger() {
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, PROFILE, ORDERS)) {
      trade.open();
      trade.tradeADay(new Timeline());
      Map<StatePart, byte[]> before = state(target);
      trade.tradeADay(1, new Timeline());
      Map<StatePart, byte[]> after = state(target);

      assertThat(changedLines(before, after, StatePart.ACCOUNTS)).isEqualTo(2 + 3);
      assertThat(changedLines(before, after, StatePart.QUOTAS)).isEqualTo(1);
    }
  }

  private static long changedLines(
      Map<StatePart, byte[]> before, Map<StatePart, byte[]> after, StatePart part) {
    byte[] one = before.get(part);
    byte[] other = after.get(part);
    return IntStream.iterate(0, from -> from < one.length, from -> from + LINE_BYTES)
        .filter(
            from -> {
              int to = Math.min(one.length, from + LINE_BYTES);
              return !Arrays.equals(one, from, to, other, from, to);
            })
        .count();
  }

  /** What a ledger writes of each of its parts after a day of trade. */
  private static Map<StatePart, Long> bytesOfALedger() {
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, PROFILE, ORDERS)) {
      trade.open();
      trade.tradeADay(new Timeline());
      Map<StatePart, Long> bytes = new EnumMap<>(StatePart.class);
      state(target).forEach((part, content) -> bytes.put(part, (long) content.length));
      return bytes;
    }
  }

  private static Map<StatePart, byte[]> state(InProcessTarget target) {
    Map<StatePart, byte[]> state = new EnumMap<>(StatePart.class);
    try (LedgerSnapshot snapshot = target.ledger().openSnapshot()) {
      snapshot.writeTo(
          new StateSink() {
            private byte[] content;
            private int length;

            @Override
            public void begin(StatePart part, long bytes) {
              content = new byte[Math.toIntExact(bytes)];
              length = 0;
              state.put(part, content);
            }

            @Override
            public void write(long address, int bytes) {
              new UnsafeBuffer(address, bytes).getBytes(0, content, length, bytes);
              length += bytes;
            }
          });
    }
    return state;
  }
}
