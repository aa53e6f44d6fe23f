package dev.verdant.bench.piece;

import dev.verdant.memory.HashIndex;
import dev.verdant.memory.Memory;
import java.util.SplittableRandom;
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

/** The index from ids to slots, without the records that it points to. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class IndexBenchmark {
  /** Entries in the index. */
  @Param({"1000", "1000000", "16000000"})
  public int size;

  private final SplittableRandom random = new SplittableRandom(1);
  private Memory memory;
  private HashIndex index;

  /** The newest slot. */
  private int next;

  /** Fills the index: key n is in slot n, and no record needs to be looked at. */
  @Setup(Level.Trial)
  public void fill() {
    memory = new Memory();
    index = new HashIndex(memory, (slot, low, high) -> slot == low);
    for (int slot = 1; slot <= size; slot++) {
      index.insert(HashIndex.hash(slot, 0), slot);
    }
    next = size;
  }

  /** A key that is there. */
  @Benchmark
  public int find() {
    final int key = next - random.nextInt(size);
    return index.find(HashIndex.hash(key, 0), key, 0);
  }

  /** A key that is not there, as every new transaction's. */
  @Benchmark
  public int findNothing() {
    final long key = 1L + next + random.nextInt(size);
    return index.find(HashIndex.hash(key, 0), key, 0);
  }

  /** One entry in, and the oldest forgotten. */
  @Benchmark
  public void insertAndForget() {
    next++;
    index.insert(HashIndex.hash(next, 0), next);
    index.forget(next - size);
  }

  /** Frees the index. */
  @TearDown(Level.Trial)
  public void close() {
    memory.close();
  }
}
