package dev.verdant.bench.piece;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The benchmarks of the pieces by name. Each runs in a JVM of its own, with the flags of this one,
 * and with what it allocates beside its time.
 */
public final class Benchmarks {
  private static final Map<String, Class<?>> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("catch-up", CatchUpBenchmark.class),
              Map.entry("codec", CodecBenchmark.class),
              Map.entry("commands", CommandBenchmark.class),
              Map.entry("index", IndexBenchmark.class),
              Map.entry("journal", JournalBenchmark.class),
              Map.entry("lots", LotsBenchmark.class),
              Map.entry("openings", OpeningBenchmark.class),
              Map.entry("orders", OrderBenchmark.class),
              Map.entry("release", ReleaseBenchmark.class),
              Map.entry("ring", RingBenchmark.class),
              Map.entry("snapshot-copy", SnapshotCopyBenchmark.class)));

  private Benchmarks() {}

  /** Names that {@link #run} knows, in alphabetical order. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * Runs benchmarks; the report goes to standard output.
   *
   * @param names of the benchmarks, each one of {@link #names}.
   * @param json takes the results as JMH's JSON; null for none.
   * @throws RunnerException if a benchmark fails.
   */
  public static void run(Iterable<String> names, Path json) throws RunnerException {
    final ChainedOptionsBuilder options =
        new OptionsBuilder().shouldFailOnError(true).addProfiler(GCProfiler.class);
    for (final String name : names) {
      options.include(BY_NAME.get(name).getName() + "\\.");
    }
    if (json != null) {
      options.resultFormat(ResultFormatType.JSON).result(json.toString());
    }
    new Runner(options.build()).run();
  }
}
