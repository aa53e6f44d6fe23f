package dev.verdant.ops.server;

import dev.verdant.gateway.LedgerServer;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.recovery.RecoveryReport;
import dev.verdant.ledger.Ledger;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.thread.ThreadPriority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server and the data directory under it. Safe from any thread. */
public final class Server implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Server.class);
  private static final long MIB = 1 << 20;

  private final ServerConfig config;
  private final ServerLog log;
  private final DataDirectory directory;
  private final SnapshotTaker snapshotTaker;
  private final CountDownLatch failureReported = new CountDownLatch(1);
  private Optional<ReleaseTimer> releaseTimer = Optional.empty();
  private OperatorHttp http;
  private boolean closed;

  /** Null until it serves. */
  private volatile LedgerServer ledgerServer;

  private Server(ServerConfig config, ServerLog log, DataDirectory directory) throws IOException {
    this.config = config;
    this.log = log;
    this.directory = directory;
    this.snapshotTaker =
        new SnapshotTaker(
            directory.snapshots(), config.snapshots(), directory.newestSnapshotSequence());
  }

  /**
   * Recovers the ledger; {@link #start} serves it.
   *
   * @param log where standard error goes: what is lost of it is among the metrics.
   * @throws CommandFailure if an address cannot be bound.
   * @throws dev.verdant.journal.disk.DataDirectoryInUseException if the directory has an owner.
   * @throws dev.verdant.journal.JournalDamagedException if going on would lose what was
   *     acknowledged.
   * @throws IOException if the directory cannot be read or written.
   */
  public static Server open(ServerConfig config, ServerLog log) throws IOException {
    config.conclude();
    requireFreeAddresses(config);
    LOGGER.info("opening {}", config.dataDirectory());
    if (!ThreadPriority.LEDGER.isAllowed()) {
      LOGGER.info(
          "no right to a higher priority (CAP_SYS_NICE, or LimitNICE=-10): the ledger's thread runs"
              + " as any other");
    }
    config
        .lackOfDescriptors()
        .ifPresent(
            lack ->
                LOGGER.warn(
                    "{}: where they run out, a file that the journal cannot begin ends the server",
                    lack));
    DataDirectory directory =
        DataDirectory.open(
            config.dataDirectory(), config.journal(), config.retention(), config.durability());
    try {
      logRecovery(directory.recovery());
      reserveMemory(directory.ledger(), config.memoryReserveBytes());
      return new Server(config, log, directory);
    } catch (IOException | RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Starts to serve the ledger; does nothing where the server has been closed meanwhile. A {@link
   * #close} waits until it is done.
   *
   * @throws CommandFailure if an address cannot be bound.
   */
  public synchronized void start() {
    if (closed) {
      return;
    }
    LedgerServer listening = listen();
    try {
      releaseTimer =
          config
              .releaseAt()
              .map(at -> new ReleaseTimer(listening.engine(), config.systemClock(), at));
      http =
          OperatorHttp.launch(
              config.http(),
              listening.engine(),
              ServerMetrics.registry(listening, directory, snapshotTaker, releaseTimer, log));
      releaseTimer.ifPresent(ReleaseTimer::start);
      snapshotTaker.start(listening.engine());
    } catch (IOException e) {
      stopServing(listening);
      throw cannotListen(config.http(), e);
    } catch (RuntimeException | Error e) {
      stopServing(listening);
      throw e;
    }
    ledgerServer = listening;
    LOGGER.info(
        "listening on {}, http on {}, durability {}, clock {}",
        ServerConfig.text(address()),
        ServerConfig.text(http.address()),
        config.durability(),
        config.clock());
  }

  private LedgerServer listen() {
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

  /** Before the directory is touched, and before what may be a long recovery. */
  private static void requireFreeAddresses(ServerConfig config) {
    try {
      LedgerServer.requireFree(config.listen());
    } catch (IOException e) {
      throw cannotListen(config.listen(), e);
    }
    try {
      OperatorHttp.requireFree(config.http());
    } catch (IOException e) {
      throw cannotListen(config.http(), e);
    }
  }

  private static CommandFailure cannotListen(InetSocketAddress address, Exception cause) {
    return CommandFailure.failed(
        "cannot listen on " + ServerConfig.text(address) + ": " + cause.getMessage(), cause);
  }

  private static void logRecovery(RecoveryReport recovery) {
    LOGGER.info(
        "recovered {} commands in {} ms, read {} batches of {} bytes in the journal: {}{}",
        recovery.commands(),
        TimeUnit.NANOSECONDS.toMillis(recovery.durationNanos()),
        recovery.batches(),
        recovery.bytes(),
        recovery.decision(),
        recovery.cut().map(cut -> ", cut at " + cut).orElse(""));
    if (recovery.snapshotSequence() > 0) {
      LOGGER.info(
          "from the snapshot of sequence {}, replayed {} commands",
          recovery.snapshotSequence(),
          recovery.replayed());
    }
  }

  private static void reserveMemory(Ledger ledger, long bytes) {
    long start = System.nanoTime();
    try {
      ledger.reserveMemory(bytes);
    } catch (OutOfMemoryError e) {
      throw CommandFailure.failed(
          "--memory-reserve-mib "
              + bytes / MIB
              + ": the system gave "
              + (ledger.allocatedBytes() + ledger.foundAheadBytes()) / MIB
              + " MiB: "
              + e.getMessage(),
          e);
    }
    if (bytes > 0) {
      LOGGER.info(
          "the ledger holds {} MiB off heap, {} MiB more found in {} ms",
          ledger.allocatedBytes() / MIB,
          ledger.foundAheadBytes() / MIB,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
  }

  /** Where the binary protocol is served, once it is. */
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

  /**
   * Answers what has been taken, forces the journal, and leaves the directory to others. A second
   * time it does nothing but wait for the first.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (ledgerServer != null) {
        stopServing(ledgerServer);
        takeLastSnapshot();
      }
    } finally {
      directory.close();
    }
    LOGGER.info("stopped");
  }

  /** Nobody uses the ledger any more when it returns, however far the start had come. */
  private void stopServing(LedgerServer server) {
    if (http != null) {
      http.close();
    }
    releaseTimer.ifPresent(ReleaseTimer::close);
    snapshotTaker.close();
    server.close();
  }

  private void takeLastSnapshot() throws IOException {
    if (config.snapshots().onStop() && !hasFailed()) {
      directory.takeSnapshot();
    }
  }
}
