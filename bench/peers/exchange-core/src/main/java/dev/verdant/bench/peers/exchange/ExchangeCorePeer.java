package dev.verdant.bench.peers.exchange;

import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.api.ApiAddUser;
import exchange.core2.core.common.api.ApiAdjustUserBalance;
import exchange.core2.core.common.api.reports.SingleUserReportQuery;
import exchange.core2.core.common.api.reports.TotalCurrencyBalanceReportQuery;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.common.config.OrdersProcessingConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.ReportsQueriesConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;
import exchange.core2.core.processors.journaling.DiskSerializationProcessor;
import exchange.core2.core.processors.journaling.DiskSerializationProcessorConfiguration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.collections.impl.map.mutable.primitive.IntLongHashMap;

/**
 * Balance adjustments of exchange-core, ten to an order: the buyer's coupons, coins and turnover,
 * the merchant's payable, reserve and turnover, three commissions, the platform's revenue. Its
 * users are the accounts of our workload, and trade by the same shares.
 *
 * <p>Arguments: members, wait strategy, {@code journal} or {@code none}, directory. Says a line
 * when the users are there. Each line on standard input is a run, {@code adjust} and its least
 * milliseconds, answered with orders a second, or with {@code wrong} and what is wrong where the
 * exchange's balances are not those that were sent; a run that was not accepted whole ends the
 * process.
 */
public final class ExchangeCorePeer {
  private static final boolean HAS_REPORTS = hasReports();
  private static final int CURRENCIES = 7;
  private static final int CHUNK = 1_000;
  private static final long PLATFORM = 1;
  private static final int REPORT = 1;
  private static final long JOURNAL_FILE_BYTES = 4_000L << 20;
  private static final int JOURNAL_BUFFER_BYTES = 256 * 1024;
  private static final int COMPRESS_FROM_BYTES = 2048;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Population population;
  private final Parties parties;
  private final ExchangeCore core;
  private final ExchangeApi api;
  private final AtomicLong succeeded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final long[] sent = new long[CURRENCIES + 1];
  private long submitted;
  private long transactionId;

  private ExchangeCorePeer(
      Population population, CoreWaitStrategy wait, boolean journal, String directory) {
    this.population = population;
    this.parties = new Parties(population);
    this.core =
        ExchangeCore.builder()
            .resultsConsumer(this::onResult)
            .exchangeConfiguration(configuration(wait, journal, directory))
            .build();
    core.startup();
    this.api = core.getApi();
  }

  private static ExchangeConfiguration configuration(
      CoreWaitStrategy wait, boolean journal, String directory) {
    final DiskSerializationProcessorConfiguration disk =
        DiskSerializationProcessorConfiguration.builder()
            .storageFolder(directory)
            .snapshotLz4CompressorFactory(DiskSerializationProcessorConfiguration.LZ4_FAST)
            .journalFileMaxSize(JOURNAL_FILE_BYTES)
            .journalBufferSize(JOURNAL_BUFFER_BYTES)
            .journalBatchCompressThreshold(COMPRESS_FROM_BYTES)
            .journalLz4CompressorFactory(DiskSerializationProcessorConfiguration.LZ4_FAST)
            .build();
    return ExchangeConfiguration.builder()
        .initStateCfg(
            journal
                ? InitialStateConfiguration.cleanStartJournaling("BENCH")
                : InitialStateConfiguration.cleanStart("BENCH"))
        .performanceCfg(
            PerformanceConfiguration.throughputPerformanceBuilder()
                .riskEnginesNum(1)
                .matchingEnginesNum(1)
                .waitStrategy(wait)
                // Otherwise a thread is pinned to a core that it has to share with the others.
                .threadFactory(Executors.defaultThreadFactory())
                .build())
        .serializationCfg(
            SerializationConfiguration.builder()
                .enableJournaling(journal)
                .serializationProcessorFactory(
                    configuration -> new DiskSerializationProcessor(configuration, disk))
                .build())
        .ordersProcessingCfg(OrdersProcessingConfiguration.DEFAULT)
        .reportsQueriesCfg(ReportsQueriesConfiguration.DEFAULT)
        .loggingCfg(LoggingConfiguration.DEFAULT)
        .build();
  }

  /** Serves runs until standard input ends. */
  public static void main(String[] args) throws IOException {
    Thread.currentThread().setUncaughtExceptionHandler(ExchangeCorePeer::endAtFailure);
    final ExchangeCorePeer peer =
        new ExchangeCorePeer(
            new Population(Profile.skewed(Integer.parseInt(args[0]))),
            CoreWaitStrategy.valueOf(args[1]),
            args[2].equals("journal"),
            args[3]);
    final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    final BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    peer.addUsers();
    answers.println("ready");
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      answers.println(peer.answer(line));
    }
    System.exit(0);
  }

  /** The exchange's own threads would keep the process. */
  private static void endAtFailure(Thread thread, Throwable failure) {
    failure.printStackTrace();
    System.exit(1);
  }

  private void addUsers() {
    addUser(PLATFORM);
    for (int agent = 0; agent < population.agents(); agent++) {
      addUser(population.agent(agent));
    }
    for (int merchant = 0; merchant < population.profile().merchants(); merchant++) {
      addUser(population.merchant(merchant));
    }
    for (int member = 0; member < population.profile().members(); member++) {
      addUser(population.member(member));
    }
    drain();
  }

  private void addUser(long uid) {
    api.submitCommand(ApiAddUser.builder().uid(uid).build());
    submitted++;
  }

  private String answer(String line) {
    try {
      final double rate = run(Long.parseLong(line.split(" ", 2)[1]) * NANOS_PER_MILLI);
      verify();
      return Double.toString(rate);
    } catch (WrongResultException e) {
      return "wrong " + e.getMessage();
    }
  }

  private double run(long leastNanos) {
    final long start = System.nanoTime();
    long orders = 0;
    long nanos;
    do {
      for (int i = 0; i < CHUNK; i++) {
        placeOrder();
      }
      orders += CHUNK;
      nanos = System.nanoTime() - start;
    } while (nanos < leastNanos);
    drain();
    return orders * NANOS_PER_SECOND / (System.nanoTime() - start);
  }

  private void placeOrder() {
    parties.next();
    final long buyer = parties.buyer();
    final long merchant = parties.merchant();
    final long amount = parties.amount();
    adjust(buyer, 1, amount);
    adjust(buyer, 2, amount);
    adjust(buyer, 3, amount);
    adjust(merchant, 4, amount);
    adjust(merchant, 5, amount);
    adjust(merchant, 3, amount);
    adjust(parties.marketer(), 6, amount);
    adjust(parties.district(), 6, amount);
    adjust(parties.provincial(), 6, amount);
    adjust(PLATFORM, 7, amount);
  }

  private void adjust(long uid, int currency, long amount) {
    api.submitCommand(
        ApiAdjustUserBalance.builder()
            .uid(uid)
            .currency(currency)
            .amount(amount)
            .transactionId(++transactionId)
            .build());
    submitted++;
    sent[currency] += amount;
  }

  /**
   * What all users have of each currency must be what was sent, and the platform's its part; looked
   * at where the exchange can be asked.
   */
  private void verify() {
    if (!HAS_REPORTS) {
      return;
    }
    final IntLongHashMap totals =
        api.processReport(new TotalCurrencyBalanceReportQuery(), REPORT)
            .join()
            .getAccountBalances();
    for (int currency = 1; currency <= CURRENCIES; currency++) {
      WrongResultException.require("currency " + currency, sent[currency], totals.get(currency));
    }
    final IntLongHashMap platform =
        api.processReport(new SingleUserReportQuery(PLATFORM), REPORT).join().getAccounts();
    WrongResultException.require("the platform's", sent[CURRENCIES], platform.get(CURRENCIES));
  }

  /** Its reports are written by Chronicle 2.19, which wants a method that newer JDKs lack. */
  private static boolean hasReports() {
    try {
      return Arrays.stream(Class.forName("sun.nio.ch.FileChannelImpl").getDeclaredMethods())
          .anyMatch(method -> method.getName().equals("unmap0"));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Waits for the last result; every command must have been accepted. */
  @SuppressWarnings("ThreadPriorityCheck") // the exchange's threads share the two cores
  private void drain() {
    while (succeeded.getAcquire() + refused.getAcquire() < submitted) {
      Thread.yield();
    }
    if (refused.get() > 0) {
      throw new IllegalStateException(refused.get() + " commands were refused");
    }
  }

  /** Reports come as commands too, but are awaited by themselves. */
  private void onResult(OrderCommand command, long sequence) {
    if (command.command == OrderCommandType.BINARY_DATA_QUERY) {
      return;
    }
    final AtomicLong counter =
        command.resultCode == CommandResultCode.SUCCESS ? succeeded : refused;
    counter.setRelease(counter.getPlain() + 1);
  }
}
