package dev.verdant.ops.server;

import dev.verdant.gateway.LedgerServer;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.RecoveryReport;
import dev.verdant.ledger.Ledger;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.DataDirectories;
import dev.verdant.pipeline.EngineContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server and the data directory under it. Safe from any thread. */
public final class Server implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Server.class);
  private static final long MIB = 1 << 20;

  private final DataDirectory directory;
  private final LedgerServer ledgerServer;
  private final OperatorHttp http;
  private final Optional<ReleaseTimer> releaseTimer;
  private final SnapshotTaker snapshotTaker;
  private final boolean snapshotOnStop;
  private final CountDownLatch failureReported;

  private Server(
      DataDirectory directory,
      LedgerServer ledgerServer,
      OperatorHttp http,
      Optional<ReleaseTimer> releaseTimer,
      SnapshotTaker snapshotTaker,
      boolean snapshotOnStop,
      CountDownLatch failureReported) {
    this.directory = directory;
    this.ledgerServer = ledgerServer;
    this.http = http;
    this.releaseTimer = releaseTimer;
    this.snapshotTaker = snapshotTaker;
    this.snapshotOnStop = snapshotOnStop;
    this.failureReported = failureReported;
  }

  /**
   * Recovers the ledger and starts to serve it.
   *
   * @throws CommandFailure if the directory is in use or damaged, or an address cannot be bound.
   * @throws IOException if the directory cannot be read or written.
   */
  public static Server launch(ServerConfig config) throws IOException {
    config.conclude();
    LOGGER.info("opening {}", config.dataDirectory());
    DataDirectory directory =
        DataDirectories.open(config.dataDirectory(), config.journal(), config.durability());
    try {
      logRecovery(directory.recovery());
      reserveMemory(directory.ledger(), config.memoryReserveBytes());
      return launch(config, directory);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static Server launch(ServerConfig config, DataDirectory directory) throws IOException {
    CountDownLatch failureReported = new CountDownLatch(1);
    SnapshotTaker snapshotTaker =
        new SnapshotTaker(
            directory.snapshots(), config.snapshots(), directory.newestSnapshotSequence());
    LedgerServer ledgerServer = listen(config, directory, snapshotTaker, failureReported);
    try {
      Optional<ReleaseTimer> timer =
          config
              .releaseAt()
              .map(at -> new ReleaseTimer(ledgerServer.engine(), config.systemClock(), at));
      OperatorHttp http =
          OperatorHttp.launch(
              config.http(),
              ledgerServer.engine(),
              ServerMetrics.registry(ledgerServer, directory, snapshotTaker, timer));
      timer.ifPresent(ReleaseTimer::start);
      snapshotTaker.start(ledgerServer.engine());
      Server server =
          new Server(
              directory,
              ledgerServer,
              http,
              timer,
              snapshotTaker,
              config.snapshots().onStop(),
              failureReported);
      LOGGER.info(
          "listening on {}, http on {}, durability {}, clock {}",
          ServerConfig.text(server.address()),
          ServerConfig.text(http.address()),
          config.durability(),
          config.clock());
      return server;
    } catch (IOException | RuntimeException e) {
      ledgerServer.close();
      throw cannotListen(config.http(), e);
    }
  }

  private static LedgerServer listen(
      ServerConfig config,
      DataDirectory directory,
      SnapshotTaker snapshotTaker,
      CountDownLatch failureReported) {
    try {
      return LedgerServer.launch(
          new LedgerServer.Context()
              .host(config.listen().getHostString())
              .port(config.listen().getPort())
              .maxConnections(config.maxConnections())
              .engine(
                  new EngineContext()
                      .ledger(directory.ledger())
                      .journal(directory.journal())
                      .durability(config.durability())
                      .maxSyncDelay(config.maxSyncDelay())
                      .clockMode(config.clock())
                      .clock(config.systemClock())
                      .idleMode(config.idleMode())
                      .diskSnapshots(snapshotTaker)
                      .failureListener(cause -> failureReported.countDown())));
    } catch (IOException e) {
      throw cannotListen(config.listen(), e);
    }
  }

  private static CommandFailure cannotListen(InetSocketAddress address, Exception cause) {
    return CommandFailure.failed(
        "cannot listen on " + ServerConfig.text(address) + ": " + cause.getMessage(), cause);
  }

  private static void logRecovery(RecoveryReport recovery) {
    LOGGER.info(
        "recovered {} commands in {} batches, {} bytes, in {} ms: {}{}",
        recovery.commands(),
        recovery.batches(),
        recovery.bytes(),
        TimeUnit.NANOSECONDS.toMillis(recovery.durationNanos()),
        recovery.decision(),
        recovery.cut() == null ? "" : ", cut at " + recovery.cut());
    if (recovery.snapshotSequence() > 0) {
      LOGGER.info(
          "from the snapshot of sequence {}, replayed {} commands",
          recovery.snapshotSequence(),
          recovery.replayed());
    }
    recovery.snapshotFaults().forEach(fault -> LOGGER.warn("not used: {}", fault));
  }

  private static void reserveMemory(Ledger ledger, long bytes) {
    long start = System.nanoTime();
    ledger.reserveMemory(bytes);
    if (bytes > 0) {
      LOGGER.info(
          "the ledger holds {} MiB off heap, {} MiB more found in {} ms",
          ledger.allocatedBytes() / MIB,
          ledger.foundAheadBytes() / MIB,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
  }

  /** Where the binary protocol is served. */
  public InetSocketAddress address() {
    return ledgerServer.address();
  }

  /** Waits for a failure of the engine, and returns it; while there is none it does not return. */
  public Throwable awaitFailure() throws InterruptedException {
    failureReported.await();
    return ledgerServer.engine().failure();
  }

  /** Whether the engine has failed. */
  public boolean hasFailed() {
    return failureReported.getCount() == 0;
  }

  /** Answers what has been taken, forces the journal, and leaves the directory to others. */
  @Override
  public void close() throws IOException {
    http.close();
    releaseTimer.ifPresent(ReleaseTimer::close);
    snapshotTaker.close();
    ledgerServer.close();
    try {
      if (snapshotOnStop && !hasFailed()) {
        directory.takeSnapshot();
      }
    } finally {
      directory.close();
    }
    LOGGER.info("stopped");
  }
}
