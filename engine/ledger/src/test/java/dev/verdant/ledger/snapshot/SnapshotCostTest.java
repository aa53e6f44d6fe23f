package dev.verdant.ledger.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.Terms;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the opening of a snapshot takes of the thread that applies commands. */
class SnapshotCostTest extends LeakGuarded {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int FEW = 2_000;
  private static final int MANY = 100 * FEW;
  private static final int ROUNDS = 5;

  /** A table's directory has eight bytes for each megabyte. */
  private static final long DIRECTORIES_BYTES = 2 << 10;

  private static final long MOST_BYTES = 32 << 10;

  private long accounts;

  @Test
  void shouldLeaveNoMoreGarbageWithManyAccountsThanWithFew() {
    try (LedgerDriver live = new LedgerDriver()) {
      openUpTo(FEW, live);
      final long withFew = leastGarbage(live);
      openUpTo(MANY, live);
      final long withMany = leastGarbage(live);

      assertThat(withFew).isLessThan(MOST_BYTES);
      assertThat(withMany).isLessThan(withFew + DIRECTORIES_BYTES);
    }
  }

  /** Of some snapshots, since classes are loaded and code is compiled with the first ones. */
  private long leastGarbage(LedgerDriver live) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      openUpTo(accounts + 1, live);
      final long before = THREADS.getCurrentThreadAllocatedBytes();
      final LedgerSnapshot snapshot = live.openSnapshot();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      snapshot.close();
    }
    return least;
  }

  private void openUpTo(long count, LedgerDriver live) {
    while (accounts < count) {
      accounts++;
      live.apply(new Command.OpenAccount(0, accounts, Kind.CONSUMER, Terms.NONE));
    }
  }
}
