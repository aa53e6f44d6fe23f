package dev.verdant.bench.piece;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark works, at its smallest size and for a moment; not how fast. */
class BenchmarksTest {
  @Test
  void shouldMeasureEveryPiece() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("dev\\.verdant\\.bench\\.piece\\.")
            .param("size", "1000")
            .param("members", "1000")
            .param("lots", "1")
            .param("batch", "1", "64")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(20))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(options).run();

    assertThat(results.stream().map(BenchmarksTest::method).collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(
                "CatchUpBenchmark.account",
                "CatchUpBenchmark.announcedAccount",
                "CodecBenchmark.decode",
                "CodecBenchmark.encode",
                "CodecBenchmark.validate",
                "CommandBenchmark.configure",
                "CommandBenchmark.issue",
                "CommandBenchmark.orderWithCoupon",
                "CommandBenchmark.payout",
                "CommandBenchmark.redeemCoins",
                "CommandBenchmark.refund",
                "CommandBenchmark.releaseReserve",
                "CommandBenchmark.settleChannel",
                "CommandBenchmark.updateAccount",
                "IndexBenchmark.find",
                "IndexBenchmark.findNothing",
                "IndexBenchmark.insertAndForget",
                "JournalBenchmark.append",
                "LotsBenchmark.addLot",
                "LotsBenchmark.addToNewest",
                "LotsBenchmark.addToOldest",
                "LotsBenchmark.takeBack",
                "OpeningBenchmark.openMember",
                "OpeningBenchmark.openMerchant",
                "OrderBenchmark.announcedOrder",
                "OrderBenchmark.issue",
                "OrderBenchmark.order",
                "OrderBenchmark.orderAndRefund",
                "ReleaseBenchmark.release",
                "RingBenchmark.thereAndBack",
                "SnapshotCopyBenchmark.copy",
                "SnapshotCopyBenchmark.openAndClose"));
    assertThat(results).allSatisfy(r -> assertThat(r.getPrimaryResult().getScore()).isPositive());
  }

  private static String method(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
  }
}
