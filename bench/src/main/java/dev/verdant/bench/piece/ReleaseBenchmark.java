package dev.verdant.bench.piece;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A release that opens a period and pays all forty cohorts of a pool: the same time for a thousand
 * members as for two million, since it touches cohorts only. Compares its two parameters.
 *
 * <p>Every member holds points in one of the forty cohorts. Each measured release pays coupons; a
 * run that released nothing fails.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class ReleaseBenchmark {
  private static final int COHORTS = 40;

  /** Number of members, each with a lot. */
  @Param({"1000", "2000000"})
  public int members;

  private LedgerDriver ledger;

  /** Opens the members and issues points to them over forty periods. */
  @Setup(Level.Trial)
  public void open() {
    ledger = new LedgerDriver();
    ledger.configurePointsByIssue();
    ledger.openMerchant(LedgerDriver.FIRST_MERCHANT);
    for (int i = 0; i < members; i++) {
      ledger.openMember(LedgerDriver.FIRST_MEMBER + i);
    }
    // A large first cohort keeps the pool's value nearly level: no cohort reaches its cap in a run.
    ledger.issue(LedgerDriver.FIRST_MEMBER, LedgerDriver.FIRST_VALUE);
    for (int cohort = 0; cohort < COHORTS; cohort++) {
      for (int i = cohort; i < members; i += COHORTS) {
        ledger.issue(LedgerDriver.FIRST_MEMBER + i, 1_000_000_000L / members);
      }
      ledger.release();
      ledger.nextDay();
    }
  }

  /** The consumption of the day before is what the release may pay from. */
  @Setup(Level.Invocation)
  public void trade() {
    ledger.order(LedgerDriver.FIRST_MEMBER, LedgerDriver.FIRST_MERCHANT, 10_000_000_000L);
    ledger.nextDay();
  }

  /** One release of the pool. */
  @Benchmark
  public long release() {
    final long released = ledger.release();
    if (released == 0) {
      throw new IllegalStateException("a release without coupons measures nothing");
    }
    return released;
  }

  /** Checks the books, and frees the ledger. */
  @TearDown(Level.Trial)
  public void close() {
    ledger.verify();
    ledger.close();
  }
}
