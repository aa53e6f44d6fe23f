package dev.verdant.bench.piece;

import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.workload.Profile;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.StateSink;
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

/** A cut: what opening one costs the writer, and copying all its pages a reader. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class SnapshotCopyBenchmark {
  private static final int REQUESTS_A_DAY = 100_000;

  /** Members of the ledger. */
  @Param({"100000", "1000000"})
  public int members;

  private InProcessTarget target;
  private Trade trade;

  /** Counts bytes and keeps none. */
  private static final class Count implements StateSink {
    private long bytes;

    @Override
    public void begin(StatePart part, long length) {}

    @Override
    public void write(long address, int length) {
      bytes += length;
    }
  }

  /** Opens the members and lets them trade for a day. */
  @Setup(Level.Trial)
  public void open() {
    target = new InProcessTarget();
    trade = new Trade(target, Profile.uniform(members), REQUESTS_A_DAY);
    trade.open();
    trade.tradeADay(new Timeline());
  }

  /** What the writer does for a cut: its cost does not depend on the members. */
  @Benchmark
  public void openAndClose() {
    target.ledger().openSnapshot().close();
    target.ledger().reclaim();
  }

  /** What the reader does: every page copied out of the cut, none written. */
  @Benchmark
  public long copy() {
    final Count count = new Count();
    try (LedgerSnapshot snapshot = target.ledger().openSnapshot()) {
      snapshot.writeTo(count);
    }
    target.ledger().reclaim();
    return count.bytes;
  }

  /** Frees the ledger. */
  @TearDown(Level.Trial)
  public void close() {
    trade.close();
    target.close();
  }
}
