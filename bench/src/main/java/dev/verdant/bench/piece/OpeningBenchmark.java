package dev.verdant.bench.piece;

import dev.verdant.protocol.codec.AccountKind;
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
 * Opening accounts on the ledger alone, announced a batch at a time; the figure is of one of them,
 * growth of table and index included. Each iteration begins with a ledger of merchants' agents
 * only. In its end every command must have been accepted, and the last account be there.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class OpeningBenchmark {
  private static final int MEMBERS_A_REFERRED = 5;
  private static final long MARKETER = 1;
  private static final long DISTRICT = 2;
  private static final long PROVINCE = 3;

  /** How many commands are announced together, a divisor of {@link LedgerDriver#WINDOW}. */
  @Param({"1", "64"})
  public int batch;

  private final SplittableRandom random = new SplittableRandom(1);
  private LedgerDriver ledger;
  private EncodedCommands commands;
  private int members;
  private int merchants;

  /** A ledger with agents. */
  @Setup(Level.Iteration)
  public void begin() {
    ledger = new LedgerDriver();
    ledger.configureTrade(OngoingTrade.INITIAL_VALUE, OngoingTrade.LOTS);
    ledger.openAgent(MARKETER, AccountKind.MARKETER);
    ledger.openAgent(DISTRICT, AccountKind.DISTRICT_AGENT);
    ledger.openAgent(PROVINCE, AccountKind.PROVINCIAL_AGENT);
    commands = new EncodedCommands(ledger, LedgerDriver.WINDOW);
    members = 0;
    merchants = 0;
  }

  /** Members, every fifth of them referred by any of those before. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void openMember() {
    for (int opened = 0; opened < LedgerDriver.WINDOW; opened += batch) {
      for (int place = 0; place < batch; place++) {
        final boolean referred = members % MEMBERS_A_REFERRED == MEMBERS_A_REFERRED - 1;
        commands.openMember(
            LedgerDriver.FIRST_MEMBER + members,
            referred ? LedgerDriver.FIRST_MEMBER + random.nextInt(members) : 0);
        members++;
      }
      ledger.applyAnnounced(commands);
    }
  }

  /** Merchants with three agents. */
  @Benchmark
  @OperationsPerInvocation(LedgerDriver.WINDOW)
  public void openMerchant() {
    for (int opened = 0; opened < LedgerDriver.WINDOW; opened += batch) {
      for (int place = 0; place < batch; place++) {
        commands.openMerchant(
            LedgerDriver.FIRST_MERCHANT + merchants, MARKETER, DISTRICT, PROVINCE);
        merchants++;
      }
      ledger.applyAnnounced(commands);
    }
  }

  /** Checks that the accounts are there, and frees the ledger. */
  @TearDown(Level.Iteration)
  public void close() {
    commands.verify();
    if (members > 0) {
      ledger.account(LedgerDriver.FIRST_MEMBER + members - 1);
    }
    if (merchants > 0) {
      ledger.account(LedgerDriver.FIRST_MERCHANT + merchants - 1);
    }
    ledger.close();
  }
}
