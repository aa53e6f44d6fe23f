package dev.verdant.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.harness.StateBytes;
import dev.verdant.ledger.model.Command;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** States of a busy ledger, written while it runs on, and read back. */
class StateTransferTest extends LeakGuarded {
  private static final int COMMANDS = 40_000;
  private static final int WRITE_EVERY = 5_000;
  private static final List<Command> BUSY_DAYS = BusyDays.commands(4, COMMANDS);

  private record Written(BigInteger digest, Future<StateBytes> bytes) {}

  @Test
  void shouldBeReadBackAsItWasWhileTablesGrewDaysExpiredAndCommandsWentOn() throws Exception {
    final ExecutorService writer = Executors.newSingleThreadExecutor();
    final List<Written> written = new ArrayList<>();
    try (LedgerDriver live = new LedgerDriver()) {
      for (int i = 0; i < COMMANDS; i++) {
        live.apply(BUSY_DAYS.get(i));
        if (i % WRITE_EVERY == WRITE_EVERY - 1) {
          final LedgerSnapshot snapshot = live.openSnapshot();
          written.add(new Written(live.digest(), writer.submit(() -> write(snapshot))));
        }
      }
      assertThat(written).hasSize(COMMANDS / WRITE_EVERY);
      for (int i = 0; i < written.size(); i++) {
        final StateBytes bytes = written.get(i).bytes().get(5, TimeUnit.MINUTES);
        try (LedgerDriver copy = LedgerDriver.read(bytes)) {
          assertThat(copy.sequence()).isEqualTo((i + 1L) * WRITE_EVERY);
          assertThat(copy.digest()).isEqualTo(written.get(i).digest());
          BUSY_DAYS.subList((int) copy.sequence(), COMMANDS).forEach(copy::apply);
          assertThat(copy.digest()).isEqualTo(live.digest());
        }
      }
    } finally {
      writer.shutdown();
      assertThat(writer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static StateBytes write(LedgerSnapshot snapshot) {
    final StateBytes bytes = new StateBytes();
    try (snapshot) {
      snapshot.writeTo(bytes);
    }
    return bytes.requireWhole();
  }

  @Test
  void shouldBeReadBackEmpty() {
    try (LedgerDriver empty = new LedgerDriver();
        LedgerDriver copy = LedgerDriver.read(write(empty.openSnapshot()))) {
      assertThat(copy.sequence()).isZero();
      BUSY_DAYS.subList(0, 1_000).forEach(empty::apply);
      BUSY_DAYS.subList(0, 1_000).forEach(copy::apply);
      assertThat(copy.digest()).isEqualTo(empty.digest());
    }
  }

  @Test
  void shouldRefuseToReadOrForkASnapshotThatHasBeenWrittenAlone() {
    try (LedgerDriver live = new LedgerDriver()) {
      BUSY_DAYS.subList(0, 2_000).forEach(live::apply);
      try (LedgerSnapshot snapshot = live.openSnapshot()) {
        snapshot.writeTo(new StateBytes());
        assertThatThrownBy(() -> snapshot.account(1))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("has been drained");
        assertThatThrownBy(snapshot::fork)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("is being drained");
      }
    }
  }

  @Test
  void shouldStayReadableByItsForksAfterItHasBeenWritten() {
    try (LedgerDriver live = new LedgerDriver()) {
      BUSY_DAYS.subList(0, 2_000).forEach(live::apply);
      final BigInteger digest = live.digest();
      final LedgerSnapshot snapshot = live.openSnapshot();
      try (LedgerSnapshot fork = snapshot.fork()) {
        write(snapshot);
        BUSY_DAYS.subList(2_000, 4_000).forEach(live::apply);
        assertThat(Expected.digest(fork)).isEqualTo(digest);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseAPartThatIsTooShort(StatePart part) {
    try (LedgerDriver live = new LedgerDriver()) {
      // So many that some merchants have lots behind their newest line.
      BUSY_DAYS.subList(0, 8_000).forEach(live::apply);
      final StateBytes bytes = write(live.openSnapshot());
      bytes.shorten(part);
      assertThatThrownBy(() -> LedgerDriver.read(bytes))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
