package dev.verdant.bench.campaign;

import dev.verdant.bench.limit.BareMemory;
import dev.verdant.bench.limit.JitterFloor;
import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.LedgerFill;
import dev.verdant.bench.load.OkReplies;
import dev.verdant.bench.load.ProcessMemory;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.memory.Memory;
import dev.verdant.pipeline.MemoryFinder;
import java.io.IOException;
import java.util.List;

/**
 * A ledger in process: beside the bare memory traffic of its orders, its releases, what it takes of
 * memory. One serves several measurements, in this order.
 */
final class LedgerAlone implements AutoCloseable {
  /** More than the releases that a cohort gets, so that as many are paid at a time. */
  private static final int DAYS_BEFORE = 40;

  private static final int LEAST_COHORTS = 30;
  private static final int FEW_REQUESTS = 10_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;

  private final Settings settings;
  private final InProcessTarget target = new InProcessTarget();
  private final Trade trade;

  /** An empty ledger: {@link #open} or {@link #grow} it. */
  LedgerAlone(Settings settings) {
    this.settings = settings;
    this.trade = new Trade(target, settings.profile(), settings.requestsADay());
  }

  /** Opens all accounts. */
  LedgerAlone open() {
    trade.open();
    return this;
  }

  /** Accounts that there are when all are open. */
  long accounts() {
    return trade.population().accounts();
  }

  /** Finds memory until the ledger and what it finds come to so many bytes. */
  void reserve(long bytes) {
    target.ledger().reserveMemory(bytes);
  }

  /**
   * Longest stalls in nanoseconds.
   *
   * @param writerNanos of the ledger: its longest command.
   * @param floorNanos of a thread that naps beside it: how late it was at worst.
   */
  record Stalls(long writerNanos, long floorNanos) {}

  /** Opens all accounts one by one, another thread watching the clock meanwhile. */
  Stalls grow() {
    final OkReplies replies = new OkReplies();
    trade.checked().configure(trade.population());
    final long floorNanos =
        JitterFloor.longestNanosBeside(
            () -> target.runWatched(trade.openings(), 0, accounts(), replies));
    trade.checked().expectCommands(replies.count());
    trade.verify();
    return new Stalls(target.takeLongestNanos(), floorNanos);
  }

  /**
   * Orders a second, in turn with the bare memory traffic of tables of that size. What the ledger
   * grows by is found ahead of it by a thread in the background, as an engine's does.
   */
  Result throughput(String name) throws IOException {
    final MemoryFinder finder = MemoryFinder.start(target.ledger());
    try (BareMemory memory =
        new BareMemory(
            settings.members(), settings.profile().merchants(), 2 * settings.requestsADay())) {
      return throughputBeside(memory, name);
    } finally {
      finder.close();
    }
  }

  private Result throughputBeside(BareMemory memory, String name) throws IOException {
    final String limit = "limit-memory-of-" + name;
    final ClosedLoop loop = new ClosedLoop(settings, trade, name);
    final Alternation runs =
        new Alternation(settings)
            .with(name, loop)
            .with(limit, () -> memory.ordersPerSecond(settings.limitNanos()));
    runs.run();
    final Row bare = runs.row(limit);
    return new Result(
        List.of(
            runs.row(name)
                .withLimit(bare.value())
                .withNote(
                    "encoding excluded, memory found ahead by another thread; the limit is the bare"
                        + " memory traffic of a plain order"),
            bare.withNote(
                BareMemory.LINES_AN_ORDER
                    + " lines an order, uniform traffic; skewed trade finds more in the caches")),
        List.of(loop.plot()));
  }

  /**
   * Releases of a period that pays many cohorts, the longer of the pools' each day. How many it has
   * paid is counted each time, and the books are checked.
   *
   * @throws dev.verdant.bench.load.WrongResultException if one pays few cohorts.
   */
  Result release(String name) {
    final int requests = Math.min(FEW_REQUESTS, settings.requestsADay());
    final double[] millis = new double[settings.runs()];
    for (int day = 1; day < DAYS_BEFORE; day++) {
      trade.tradeADay(requests, new Timeline());
    }
    trade.nextDay(requests);
    final PaidCohorts paid = new PaidCohorts(target.ledger(), LEAST_COHORTS);
    trade.sendDay(new Timeline());
    for (int run = 0; run < settings.runs(); run++) {
      trade.nextDay(requests);
      millis[run] = trade.releaseNanos() / NANOS_PER_MILLI;
      paid.count();
      trade.sendDay(new Timeline());
      trade.verify();
    }
    return Result.of(
        Row.of(name, "ms", millis)
            .withNote(
                "the longer of the releases of the members' and the merchants' pool: each opens a"
                    + " period, and they pay "
                    + paid.text()
                    + " cohorts"));
  }

  /**
   * Fills it, and looks what it takes. No trade after that.
   *
   * @param lots that every member gets.
   * @param transactions remembered.
   */
  Result memory(String name, int lots, int transactions) throws IOException {
    final LedgerFill fill = new LedgerFill(trade.checked(), trade.population(), transactions);
    for (int lot = 1; lot <= lots; lot++) {
      fill.addLot();
      settings.say("%s: lot %d of %d for every member", name, lot, lots);
    }
    fill.rememberAll();
    trade.verify();
    while (target.ledger().findMemoryAhead()) {
      // as an engine's thread in the background does
    }
    return Result.of(
        Row.of(name, "GiB", Memory.totalAllocatedBytes() / GIB)
            .withNote(
                String.format(
                    "off heap: all tables and indexes, and what is found ahead for snapshots and"
                        + " growth; %,d members with %d lots each and those of the orders before,"
                        + " %,d transactions; resident %.2f GiB with heap, code and what the"
                        + " allocator keeps",
                    settings.members(), lots, transactions, ProcessMemory.residentBytes() / GIB)),
        Row.of(name + "-heap", "MiB", ProcessMemory.heapBoundBytes() / MIB)
            .withNote(
                String.format(
                    "the bound that the JVM was started with (-Xmx), not what is used: %.0f MiB"
                        + " after a collection",
                    ProcessMemory.heapBytesCollected() / MIB)));
  }

  @Override
  public void close() {
    trade.close();
    target.close();
  }
}
