package dev.verdant.bench.piece;

import dev.verdant.bench.limit.BareJournal;
import dev.verdant.bench.process.WorkDirectory;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.TradingDay;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
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

/** The journal's append by size of batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class JournalBenchmark {
  private static final int MEMBERS = 1_000;

  /** Orders of a batch; the figure is of a whole batch. */
  @Param({"1", "64", "1024"})
  public int batch;

  private WorkDirectory directory;
  private BareJournal journal;

  /** Begins a journal in a temporary directory. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    directory = WorkDirectory.temporary();
    try (TradingDay day = new TradingDay(new Population(Profile.uniform(MEMBERS)), batch)) {
      day.next();
      journal = new BareJournal(directory.path().resolve("data"), Durability.WRITTEN, day, batch);
    }
  }

  /** One batch, checksum included, into the file's mapped pages; nothing is forced. */
  @Benchmark
  public void append() {
    journal.append(batch);
  }

  /** Deletes the journal. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    journal.close();
    directory.close();
  }
}
