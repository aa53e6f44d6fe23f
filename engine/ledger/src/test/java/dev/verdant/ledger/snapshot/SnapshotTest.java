package dev.verdant.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.view.AccountView;
import dev.verdant.ledger.view.OrderView;
import dev.verdant.memory.CutAbandonedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest extends LeakGuarded {
  private static final int COMMANDS = 60_000;
  private static final int CUT_EVERY = 12_000;
  private static final List<Command> BUSY_DAYS = BusyDays.commands(1, COMMANDS);

  @Test
  void shouldStayAsItWasWhileTablesGrowAndWholeDaysExpire() {
    try (LedgerDriver plain = new LedgerDriver();
        LedgerDriver live = new LedgerDriver()) {
      final List<Expected> expected = new ArrayList<>();
      final List<LedgerSnapshot> snapshots = new ArrayList<>();
      for (int i = 0; i < COMMANDS; i++) {
        plain.apply(BUSY_DAYS.get(i));
        live.apply(BUSY_DAYS.get(i));
        if (i % CUT_EVERY == CUT_EVERY / 2) {
          expected.add(Expected.of(plain));
          snapshots.add(live.openSnapshot());
        }
      }
      assertThat(live.digest()).isEqualTo(plain.digest());
      assertThat(snapshots).hasSize(COMMANDS / CUT_EVERY);
      for (int i = 0; i < snapshots.size(); i++) {
        expected.get(i).requireAllOf(snapshots.get(i));
        expected.get(i).requireAllOf(snapshots.get(i));
        snapshots.get(i).close();
        live.apply(BUSY_DAYS.get(0));
      }
      for (int i = 0; i < COMMANDS && live.keptForSnapshotsBytes() > 0; i++) {
        live.reclaim();
      }
      assertThat(live.keptForSnapshotsBytes()).isZero();
    }
  }

  @Test
  void shouldFindOrdersAndAccountsAsTheyWereWhenBothHaveChangedSince() {
    try (LedgerDriver live = new LedgerDriver()) {
      BUSY_DAYS.subList(0, 2000).forEach(live::apply);
      final Command.Order order =
          BUSY_DAYS.subList(1500, 2000).stream()
              .filter(command -> command instanceof Command.Order)
              .map(command -> (Command.Order) command)
              .reduce((first, second) -> second)
              .orElseThrow();
      try (LedgerSnapshot before = live.openSnapshot()) {
        live.apply(
            new Command.Refund(live.timeMillis(), order.id().negate(), order.id(), order.amount()));
        try (LedgerSnapshot after = live.openSnapshot()) {
          assertThat(refunded(before, order)).isZero();
          assertThat(refunded(after, order)).isEqualTo(order.amount());
          final AccountView buyer = before.account(order.buyer()).orElseThrow();
          assertThat(after.account(order.buyer()).orElseThrow().turnover())
              .isEqualTo(buyer.turnover() - order.amount());
          assertThat(before.account(4711)).isEmpty();
          assertThat(before.order(1L << 40, 0)).isEmpty();
        }
      }
    }
  }

  private static long refunded(LedgerSnapshot snapshot, Command.Order order) {
    return snapshot.order(order.id().longValue(), 0).map(OrderView::refunded).orElseThrow();
  }

  @Test
  void shouldScanEachAccountOnceInEitherOrder() {
    try (LedgerDriver live = new LedgerDriver()) {
      BUSY_DAYS.subList(0, 20_000).forEach(live::apply);
      try (LedgerSnapshot snapshot = live.openSnapshot();
          LedgerSnapshot fork = snapshot.fork()) {
        final List<AccountView> stored = new ArrayList<>();
        snapshot.forEachAccount(stored::add);
        final List<AccountView> byId = new ArrayList<>();
        fork.forEachAccountFrom(0, byId::add);
        assertThat(stored).hasSize(snapshot.accountCount());
        final Comparator<AccountView> unsigned =
            (a, b) -> Long.compareUnsigned(a.account(), b.account());
        assertThat(byId).isSortedAccordingTo(unsigned).containsExactlyInAnyOrderElementsOf(stored);
        final List<AccountView> page = new ArrayList<>();
        fork.forEachAccountFrom(
            byId.get(100).account(), account -> page.add(account) && page.size() < 10);
        assertThat(page).isEqualTo(byId.subList(100, 110));
      }
    }
  }

  @Test
  void shouldGiveTheSnapshotUpAndNotTheWriterWhenTheLimitIsFarTooSmall() {
    try (LedgerDriver plain = new LedgerDriver();
        LedgerDriver live = new LedgerDriver(100_000)) {
      BUSY_DAYS.subList(0, 5_000).forEach(plain::apply);
      BUSY_DAYS.subList(0, 5_000).forEach(live::apply);
      int givenUp = 0;
      for (int i = 5_000; i < 25_000; i += 5_000) {
        final LedgerSnapshot snapshot = live.openSnapshot();
        for (final Command command : BUSY_DAYS.subList(i, i + 5_000)) {
          plain.apply(command);
          live.apply(command);
          assertThat(live.keptForSnapshotsBytes()).isBetween(0L, 100_000L);
        }
        if (!snapshot.isOpen()) {
          givenUp++;
          assertThatThrownBy(snapshot::fork)
              .isInstanceOf(CutAbandonedException.class)
              .hasMessageStartingWith(
                  "the cut of sequence %d was given up: what open cuts keep would exceed the limit"
                      + " of 100000 bytes",
                  snapshot.sequence());
        }
        snapshot.close();
      }
      assertThat(givenUp).isEqualTo(4);
      assertThat(live.keptForSnapshotsBytes()).isZero();
      assertThat(live.digest()).isEqualTo(plain.digest());
      assertThat(live.accounts()).isEqualTo(plain.accounts());
    }
  }

  @Test
  void shouldRefuseReadersWhenTheLedgerIsClosed() {
    final LedgerDriver live = new LedgerDriver();
    BUSY_DAYS.subList(0, 1000).forEach(live::apply);
    final LedgerSnapshot snapshot = live.openSnapshot();
    final LedgerSnapshot fork = snapshot.fork();
    live.close();
    assertThatThrownBy(snapshot::digest)
        .isInstanceOf(CutAbandonedException.class)
        .hasMessage("the cut of sequence 1000 was given up: its memory is closed");
    assertThat(fork.isOpen()).isFalse();
    snapshot.close();
    fork.close();
  }
}
