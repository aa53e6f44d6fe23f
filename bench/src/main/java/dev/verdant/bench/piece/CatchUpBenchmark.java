package dev.verdant.bench.piece;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Catching up: an account with lots that were released to since it was last touched, asked for its
 * figures.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class CatchUpBenchmark {
  private static final int MEMBERS = 100_000;

  /** Lots of each member, one of each period. */
  @Param({"1", "8", "40"})
  public int lots;

  private final SplittableRandom random = new SplittableRandom(1);
  private LedgerDriver ledger;

  /** Issues points to the members over so many periods; no member is touched by the last runs. */
  @Setup(Level.Trial)
  public void open() {
    ledger = new LedgerDriver();
    ledger.configurePointsByIssue();
    ledger.openMerchant(LedgerDriver.FIRST_MERCHANT);
    for (int i = 0; i < MEMBERS; i++) {
      ledger.openMember(LedgerDriver.FIRST_MEMBER + i);
    }
    ledger.issue(LedgerDriver.FIRST_MEMBER, LedgerDriver.FIRST_VALUE);
    for (int lot = 0; lot < lots; lot++) {
      for (int i = 0; i < MEMBERS; i++) {
        ledger.issue(LedgerDriver.FIRST_MEMBER + i, 10_000);
      }
      ledger.order(LedgerDriver.FIRST_MEMBER, LedgerDriver.FIRST_MERCHANT, 10_000_000_000L);
      ledger.nextDay();
      ledger.release();
    }
  }

  /** A member's figures as of now; the query changes nothing, so the next one pays again. */
  @Benchmark
  public long account() {
    return ledger.pending(LedgerDriver.FIRST_MEMBER + 1 + random.nextInt(MEMBERS - 1));
  }

  /** Figures of as many members, announced a window at a time; the time is of one of them. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public long announcedAccount() {
    for (int i = 0; i < LedgerDriver.WINDOW; i++) {
      ledger.putQuery(i, LedgerDriver.FIRST_MEMBER + 1 + random.nextInt(MEMBERS - 1));
    }
    return ledger.pendingOfAnnounced(LedgerDriver.WINDOW);
  }

  /** Checks the books, and frees the ledger. */
  @TearDown(Level.Trial)
  public void close() {
    ledger.verify();
    ledger.close();
  }
}
