package dev.verdant.bench.piece;

import dev.verdant.bench.load.EngineTarget;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.process.WorkDirectory;
import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.MessageSource;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hops between threads: a query for an account that is not there, through an engine in this
 * process, from one thread to the ledger's and back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class RingBenchmark {
  private final MessageSource query = ControlMessages.accountQueries(new long[] {1});
  private final Timeline timeline = new Timeline();
  private WorkDirectory directory;
  private EngineTarget engine;

  /** Launches an engine in this process. */
  @Setup(Level.Trial)
  public void launch() throws IOException {
    directory = WorkDirectory.temporary();
    engine = EngineTarget.launch(directory.path().resolve("data"));
  }

  /** Into the ring, through its stages, and back by the reply ring. */
  @Benchmark
  public long thereAndBack() {
    return engine.run(query, 0, 1, (number, buffer, offset, length) -> {}, timeline);
  }

  /** Stops the engine. */
  @TearDown(Level.Trial)
  public void close() {
    engine.close();
    directory.close();
  }
}
