package dev.verdant.bench.peers.exchange;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.api.ApiAddUser;
import exchange.core2.core.common.api.ApiAdjustUserBalance;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
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
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Balance adjustments of exchange-core, ten to an order: the buyer's coupons, coins and turnover,
 * the merchant's payable, reserve and turnover, three commissions, the platform's revenue.
 *
 * <p>Arguments: users, least milliseconds of a run, wait strategy, {@code journal} or {@code none},
 * directory. Says a line when the users are there. Each line on standard input is a run, answered
 * with orders a second; a run that was not accepted whole ends the process.
 */
public final class ExchangeCorePeer {
  private static final int POSTINGS = 10;
  private static final int AGENTS = 1_331;
  private static final int CHUNK = 10_000;
  private static final int PLATFORM = 1;
  private static final long JOURNAL_FILE_BYTES = 4_000L << 20;
  private static final int JOURNAL_BUFFER_BYTES = 256 * 1024;
  private static final int COMPRESS_FROM_BYTES = 2048;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final int users;
  private final ExchangeCore core;
  private final ExchangeApi api;
  private final AtomicLong succeeded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final SplittableRandom random = new SplittableRandom(1);
  private long submitted;
  private long transactionId;

  private ExchangeCorePeer(int users, CoreWaitStrategy wait, boolean journal, String directory) {
    this.users = users;
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
            Integer.parseInt(args[0]),
            CoreWaitStrategy.valueOf(args[2]),
            args[3].equals("journal"),
            args[4]);
    final long leastNanos = Long.parseLong(args[1]) * NANOS_PER_MILLI;
    final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    final BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    peer.addUsers();
    answers.println("ready");
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      answers.println(peer.run(leastNanos));
    }
    System.exit(0);
  }

  /** The exchange's own threads would keep the process. */
  private static void endAtFailure(Thread thread, Throwable failure) {
    failure.printStackTrace();
    System.exit(1);
  }

  private void addUsers() {
    for (long uid = 1; uid <= PLATFORM + AGENTS + (long) users; uid++) {
      api.submitCommand(ApiAddUser.builder().uid(uid).build());
      submitted++;
    }
    drain();
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
    final long first = PLATFORM + AGENTS + 1L;
    final long buyer = first + random.nextInt(users);
    final long merchant = first + random.nextInt(Math.max(1, users / POSTINGS));
    final long amount = 1L + random.nextInt(100_000);
    adjust(buyer, 1, amount);
    adjust(buyer, 2, amount);
    adjust(buyer, 3, amount);
    adjust(merchant, 4, amount);
    adjust(merchant, 5, amount);
    adjust(merchant, 3, amount);
    for (int agent = 0; agent < 3; agent++) {
      adjust(PLATFORM + 1L + random.nextInt(AGENTS), 6, amount);
    }
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

  private void onResult(OrderCommand command, long sequence) {
    final AtomicLong counter =
        command.resultCode == CommandResultCode.SUCCESS ? succeeded : refused;
    counter.setRelease(counter.getPlain() + 1);
  }
}
