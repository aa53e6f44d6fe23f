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
 * The kinds of commands beside plain orders, on the ledger alone ({@link OngoingTrade}), announced
 * a batch at a time; the figure is of one of them. Members and merchants are uniformly random.
 * Accounts are opened in {@link OpeningBenchmark}, pools released in {@link ReleaseBenchmark}.
 *
 * <p>Each iteration is a day, as in {@link OrderBenchmark}. In the end every command must have been
 * accepted, the books must balance, and hold just what was spent, redeemed, paid out and settled.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class CommandBenchmark {
  /** What each member has bought before for: coins, payables and coupons for any run. */
  private static final long MUCH_FEN = 10_000_000;

  private static final int MOST_FEN = 10_000;
  private static final int COUPON_FEN = 1;
  private static final int RATE_STEPS = 100;

  /** Number of members that buy. */
  @Param({"100000"})
  public int members;

  /** How many commands are announced together, a divisor of {@link LedgerDriver#WINDOW}. */
  @Param({"1", "64"})
  public int batch;

  private final SplittableRandom random = new SplittableRandom(1);
  private OngoingTrade trade;
  private EncodedCommands commands;

  /** Adds a command to the batch. */
  @FunctionalInterface
  private interface Kind {
    void add();
  }

  /** Trade that has gone on for a while, with enough for all that is taken. */
  @Setup(Level.Trial)
  public void open() {
    trade = new OngoingTrade(members);
    trade.orderMuch(MUCH_FEN);
    commands = new EncodedCommands(trade.ledger(), LedgerDriver.WINDOW);
  }

  /** Every iteration is on a day of its own. */
  @Setup(Level.Iteration)
  public void nextDay() {
    trade.nextDay();
  }

  private void applyWindow(Kind kind) {
    for (int applied = 0; applied < LedgerDriver.WINDOW; applied += batch) {
      for (int place = 0; place < batch; place++) {
        kind.add();
      }
      trade.ledger().applyAnnounced(commands);
    }
  }

  /** Orders of which coupons pay a small part. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void orderWithCoupon() {
    applyWindow(
        () ->
            commands.order(
                trade.member(random),
                trade.merchant(random),
                COUPON_FEN + random.nextInt(MOST_FEN),
                COUPON_FEN));
  }

  /** Refunds of parts of orders that were placed on the day before. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void refund() {
    applyWindow(() -> commands.refund(trade.orderOfTheDayBefore(random), 1));
  }

  /** Points for members. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void issue() {
    applyWindow(() -> commands.issue(trade.member(random), 100));
  }

  /** Merchants that concede another share. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void updateAccount() {
    applyWindow(
        () ->
            commands.updateMerchant(
                trade.merchant(random),
                EncodedCommands.CONCESSION_BPS + random.nextInt(RATE_STEPS)));
  }

  /** The program once more, with its pools and plans. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void configure() {
    applyWindow(() -> commands.configureTrade(OngoingTrade.INITIAL_VALUE, OngoingTrade.LOTS));
  }

  /** Coins of members. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void redeemCoins() {
    applyWindow(() -> commands.redeemCoins(trade.member(random), 1));
  }

  /** What is payable to merchants. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void payout() {
    applyWindow(() -> commands.payout(trade.merchant(random), 1));
  }

  /** From merchants' reserves to what is payable to them. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void releaseReserve() {
    applyWindow(() -> commands.releaseReserve(trade.merchant(random), 1));
  }

  /** What the channel has paid to the bank. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void settleChannel() {
    applyWindow(() -> commands.settleChannel(1));
  }

  /** Checks the books, and frees the ledger. */
  @TearDown(Level.Trial)
  public void close() {
    commands.verify();
    trade.close();
  }
}
