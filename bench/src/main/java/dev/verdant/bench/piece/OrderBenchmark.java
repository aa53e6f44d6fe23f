package dev.verdant.bench.piece;

import dev.verdant.ledger.Ledger;
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
 * One command after the other on the ledger alone, buyers and merchants uniformly random: no
 * journal, no ring, no socket. What a thousand members cost is computation; what a million cost
 * more is the memory's latency.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class OrderBenchmark {
  private static final int MERCHANTS = 1_000;

  /** Number of members that buy. */
  @Param({"1000", "1000000"})
  public int members;

  private final SplittableRandom random = new SplittableRandom(1);
  private LedgerDriver ledger;

  /** Opens merchants and members. */
  @Setup(Level.Trial)
  public void open() {
    ledger = new LedgerDriver();
    ledger.configureDailyPeriods();
    for (int i = 0; i < MERCHANTS; i++) {
      ledger.openMerchant(LedgerDriver.FIRST_MERCHANT + i);
    }
    for (int i = 0; i < members; i++) {
      ledger.openMember(LedgerDriver.FIRST_MEMBER + i);
    }
  }

  /** A day has so many orders; the day before yesterday's are forgotten. */
  @Setup(Level.Iteration)
  public void nextDay() {
    ledger.nextDay();
    ledger.nextDay();
  }

  /** One order of up to a hundred yuan. */
  @Benchmark
  public void order() {
    ledger.order(
        LedgerDriver.FIRST_MEMBER + random.nextInt(members),
        LedgerDriver.FIRST_MERCHANT + random.nextInt(MERCHANTS),
        1 + random.nextInt(10_000));
  }

  /** Orders of the same kind, announced a window at a time; the figure is of one of them. */
  @Benchmark
  @OperationsPerInvocation(Ledger.LOOKAHEAD)
  public void announcedOrder() {
    for (int i = 0; i < Ledger.LOOKAHEAD; i++) {
      ledger.announceOrder(
          i,
          LedgerDriver.FIRST_MEMBER + random.nextInt(members),
          LedgerDriver.FIRST_MERCHANT + random.nextInt(MERCHANTS),
          1 + random.nextInt(10_000));
    }
    ledger.applyAnnounced(Ledger.LOOKAHEAD);
  }

  /** An order and its refund. */
  @Benchmark
  public void orderAndRefund() {
    order();
    ledger.refundLast(1);
  }

  /** Points issued to a member. */
  @Benchmark
  public void issue() {
    ledger.issue(LedgerDriver.FIRST_MEMBER + random.nextInt(members), 100);
  }

  /** Frees the ledger. */
  @TearDown(Level.Trial)
  public void close() {
    ledger.close();
  }
}
