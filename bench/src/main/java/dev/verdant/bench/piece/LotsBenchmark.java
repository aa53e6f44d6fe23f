package dev.verdant.bench.piece;

import dev.verdant.bench.load.WrongResultException;
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
 * The lots of an account, through the commands that change them: an account has so many lots, each
 * of a cohort of the running period, in lines of eight. A command's own cost is in each figure;
 * what lots add is seen between the sizes. Catching up with lots is {@link CatchUpBenchmark}'s.
 *
 * <p>Each iteration is a day, at whose beginning the lots of the day before have gone; every member
 * has got its new ones, so that none catches up while it is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class LotsBenchmark {
  private static final int MEMBERS = 20_000;
  private static final long INITIAL_VALUE = 1_000_000;
  private static final long AMOUNT_FEN = 100_000_000;
  private static final long LOT_POINTS = 10_000;
  private static final long BPS = 10_000;

  /** Enough to take whole points back each time. */
  private static final long REFUND_FEN = 100;

  /** A prime that does not divide the number of members: its multiples visit each once. */
  private static final int STEP = 7_919;

  /**
   * Lots of each member: a line with room for more, a full line, five full lines. There is a plan
   * for each, and one for a lot more.
   */
  @Param({"1", "8", "40"})
  public int lots;

  private final SplittableRandom random = new SplittableRandom(1);
  private LedgerDriver ledger;
  private long firstOrder;

  /** Opens the members. */
  @Setup(Level.Trial)
  public void open() {
    ledger = new LedgerDriver();
    ledger.configureLotsOfADay(INITIAL_VALUE, planOfALotMore());
    ledger.openMerchant(LedgerDriver.FIRST_MERCHANT);
    for (int i = 0; i < MEMBERS; i++) {
      ledger.openMember(LedgerDriver.FIRST_MEMBER + i);
    }
  }

  private int planOfALotMore() {
    return Programs.PLAN + lots;
  }

  private int newestPlan() {
    return planOfALotMore() - 1;
  }

  /** Ends the lots of the day before; then each member gets its first by an order. */
  @Setup(Level.Iteration)
  public void nextDay() {
    ledger.nextDay();
    for (int pool = 1; pool <= Programs.POOLS; pool++) {
      ledger.release(pool);
    }
    firstOrder = ledger.lastId() + 1;
    for (int i = 0; i < MEMBERS; i++) {
      ledger.order(LedgerDriver.FIRST_MEMBER + i, LedgerDriver.FIRST_MERCHANT, AMOUNT_FEN);
    }
    for (int plan = Programs.PLAN + 1; plan < planOfALotMore(); plan++) {
      for (int i = 0; i < MEMBERS; i++) {
        ledger.issue(LedgerDriver.FIRST_MEMBER + i, LOT_POINTS, plan);
      }
    }
    WrongResultException.require(
        "points of a member, all of them of the day",
        AMOUNT_FEN * EncodedCommands.CONCESSION_BPS / BPS + (lots - 1) * LOT_POINTS,
        ledger.account(LedgerDriver.FIRST_MEMBER).points());
  }

  private long member() {
    return LedgerDriver.FIRST_MEMBER + random.nextInt(MEMBERS);
  }

  /** A lot more for each member, whose newest line has room for it or has none. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 20)
  @Measurement(iterations = 20)
  @OperationsPerInvocation(MEMBERS)
  public void addLot() {
    for (int i = 0; i < MEMBERS; i++) {
      final int member = (int) ((long) i * STEP % MEMBERS);
      ledger.issue(LedgerDriver.FIRST_MEMBER + member, LOT_POINTS, planOfALotMore());
    }
  }

  /** Points more in the newest lot. */
  @Benchmark
  public void addToNewest() {
    ledger.issue(member(), 1, newestPlan());
  }

  /** Points more in the oldest lot, behind all others. */
  @Benchmark
  public void addToOldest() {
    ledger.issue(member(), 1, Programs.PLAN);
  }

  /** Points taken back from the oldest lot by a refund of a part of its order. */
  @Benchmark
  public void takeBack() {
    ledger.refund(firstOrder + random.nextInt(MEMBERS), REFUND_FEN);
  }

  /** Checks the books, and frees the ledger. */
  @TearDown(Level.Trial)
  public void close() {
    ledger.verify();
    ledger.close();
  }
}
