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
 * Commands of trade on the ledger alone ({@link OngoingTrade}), buyers and merchants uniformly
 * random: no journal, no ring, no socket. What a thousand members cost is computation; what a
 * million cost more is the memory's latency.
 *
 * <p>Each iteration is a day: a period has just opened, so every member has to catch up at its
 * first order of the day, and gets a new lot. Of a thousand members almost all orders are later
 * ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class OrderBenchmark {
  private static final int MOST_FEN = 10_000;

  /** Number of members that buy. */
  @Param({"1000", "1000000"})
  public int members;

  private final SplittableRandom random = new SplittableRandom(1);
  private OngoingTrade trade;
  private EncodedCommands batch;

  /** How many orders are announced together. */
  @State(Scope.Benchmark)
  public static class Batch {
    /** A divisor of {@link LedgerDriver#WINDOW}. */
    @Param({"1", "8", "64"})
    public int batch;
  }

  /** Trade that has gone on for a while. */
  @Setup(Level.Trial)
  public void open() {
    trade = new OngoingTrade(members);
    batch = new EncodedCommands(trade.ledger(), LedgerDriver.WINDOW);
  }

  /** Every iteration trades on a day of its own. */
  @Setup(Level.Iteration)
  public void nextDay() {
    trade.nextDay();
  }

  /** One order of up to a hundred yuan. */
  @Benchmark
  public void order() {
    trade.ledger().order(trade.member(random), trade.merchant(random), amount());
  }

  /** Orders of the same kind, announced a batch at a time; the figure is of one of them. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void announcedOrder(Batch of) {
    for (int placed = 0; placed < LedgerDriver.WINDOW; placed += of.batch) {
      for (int place = 0; place < of.batch; place++) {
        batch.order(trade.member(random), trade.merchant(random), amount(), 0);
      }
      trade.ledger().applyAnnounced(batch);
    }
  }

  private int amount() {
    return 1 + random.nextInt(MOST_FEN);
  }

  /** An order and its refund. */
  @Benchmark
  public void orderAndRefund() {
    order();
    trade.ledger().refundLast(1);
  }

  /** Points issued to a member. */
  @Benchmark
  public void issue() {
    trade.ledger().issue(trade.member(random), 100);
  }

  /** Checks the books, and frees the ledger. */
  @TearDown(Level.Trial)
  public void close() {
    trade.ledger().verify();
    trade.close();
  }
}
