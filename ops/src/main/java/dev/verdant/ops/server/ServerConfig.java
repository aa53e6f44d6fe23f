package dev.verdant.ops.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.verdant.gateway.LedgerServer;
import dev.verdant.journal.Retention;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.IdleMode;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * The server's configuration. Set what differs, then {@link #conclude()}; not to be changed
 * afterwards.
 */
public final class ServerConfig {
  /** Port of {@code /metrics}, {@code /health} and {@code /ready}, where no other is set. */
  public static final int DEFAULT_HTTP_PORT = 7412;

  private static final long MIB = 1 << 20;

  /**
   * Direct memory that a connection may take, and then some: its replies, its input, a long frame.
   */
  private static final long CONNECTION_BYTES = MIB;

  /** File descriptors that a server takes beside its connections, and then some. */
  private static final long OWN_DESCRIPTORS = 128;

  private Path dataDirectory;
  private InetSocketAddress listen =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), LedgerServer.Context.DEFAULT_PORT);
  private InetSocketAddress http =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_HTTP_PORT);
  private int maxConnections = LedgerServer.Context.DEFAULT_MAX_CONNECTIONS;
  private Durability durability = Durability.WRITTEN;
  private Duration maxSyncDelay = Duration.ZERO;
  private ClockMode clock = ClockMode.SYSTEM;
  private EpochClock systemClock = SystemEpochClock.INSTANCE;
  private JournalOptions journal = new JournalOptions();
  private Retention retention = Retention.DEFAULT;
  private IdleMode idleMode = IdleMode.BACKOFF;
  private Optional<LocalTime> releaseAt = Optional.empty();
  private SnapshotSchedule snapshots = SnapshotSchedule.NEVER;
  private long memoryReserveMib;

  /** Where the journal is. Required. */
  public ServerConfig dataDirectory(Path directory) {
    dataDirectory = directory;
    return this;
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  /** Where the binary protocol is served; port 0 takes a free one. */
  public ServerConfig listen(InetSocketAddress address) {
    listen = address;
    return this;
  }

  InetSocketAddress listen() {
    return listen;
  }

  /**
   * Where {@code /metrics}, {@code /health} and {@code /ready} are served; port 0 takes a free one.
   */
  public ServerConfig http(InetSocketAddress address) {
    http = address;
    return this;
  }

  InetSocketAddress http() {
    return http;
  }

  /** Connections of the binary protocol served at once, at least 1; 256 by default. */
  public ServerConfig maxConnections(int connections) {
    maxConnections = connections;
    return this;
  }

  int maxConnections() {
    return maxConnections;
  }

  /** What an acknowledgement promises; WRITTEN by default. */
  public ServerConfig durability(Durability durability) {
    this.durability = durability;
    return this;
  }

  Durability durability() {
    return durability;
  }

  /** With SYNCED: how long a command may wait for others that share its force; 0 by default. */
  public ServerConfig maxSyncDelay(Duration delay) {
    maxSyncDelay = delay;
    return this;
  }

  Duration maxSyncDelay() {
    return maxSyncDelay;
  }

  /** Where engine time comes from; SYSTEM by default. */
  public ServerConfig clock(ClockMode clock) {
    this.clock = clock;
    return this;
  }

  ClockMode clock() {
    return clock;
  }

  /** The clock of the mode SYSTEM; the machine's by default. */
  public ServerConfig systemClock(EpochClock systemClock) {
    this.systemClock = systemClock;
    return this;
  }

  EpochClock systemClock() {
    return systemClock;
  }

  /** How the journal uses its files. */
  public ServerConfig journal(JournalOptions options) {
    journal = options;
    return this;
  }

  JournalOptions journal() {
    return journal;
  }

  /** What stays on disk once there is a newer snapshot; as little as is safe by default. */
  public ServerConfig retention(Retention retention) {
    this.retention = retention;
    return this;
  }

  Retention retention() {
    return retention;
  }

  /** What idle threads do; BACKOFF by default. */
  public ServerConfig idleMode(IdleMode idleMode) {
    this.idleMode = idleMode;
    return this;
  }

  IdleMode idleMode() {
    return idleMode;
  }

  /** Time of the business day at which every pool is released, or none; none by default. */
  public ServerConfig releaseAt(Optional<LocalTime> time) {
    releaseAt = time;
    return this;
  }

  Optional<LocalTime> releaseAt() {
    return releaseAt;
  }

  /** When snapshots are taken without being asked for; never by default. */
  public ServerConfig snapshots(SnapshotSchedule schedule) {
    snapshots = schedule;
    return this;
  }

  SnapshotSchedule snapshots() {
    return snapshots;
  }

  /**
   * MiB off heap that the start finds for the ledger to grow into, what it holds already included:
   * until it holds as much, no command waits for the system to find memory. 0 by default.
   */
  public ServerConfig memoryReserveMib(long mebibytes) {
    memoryReserveMib = mebibytes;
    return this;
  }

  long memoryReserveBytes() {
    return memoryReserveMib * MIB;
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException naming the option that does not fit.
   */
  public ServerConfig conclude() {
    if (dataDirectory == null) {
      throw new IllegalArgumentException("the data directory is missing");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("--max-connections is 1 or more, not " + maxConnections);
    }
    if (maxConnections > LedgerServer.Context.DEFAULT_MAX_CONNECTIONS) {
      requireMemoryForConnections();
      requireDescriptorsForConnections();
    }
    if (maxSyncDelay.isNegative() || maxSyncDelay.compareTo(EngineContext.MAX_SYNC_DELAY) > 0) {
      throw new IllegalArgumentException(
          "--max-sync-delay is 0.."
              + EngineContext.MAX_SYNC_DELAY.toMillis() * 1_000
              + " microseconds, not "
              + maxSyncDelay.dividedBy(ChronoUnit.MICROS.getDuration()));
    }
    if (durability == Durability.WRITTEN && !maxSyncDelay.isZero()) {
      throw new IllegalArgumentException(
          "--max-sync-delay "
              + maxSyncDelay.dividedBy(ChronoUnit.MICROS.getDuration())
              + " needs --durability synced: with written no reply waits for a force");
    }
    if (listen.isUnresolved() || http.isUnresolved()) {
      // Not a wrong option: a name that is not known yet may be at the next try.
      throw CommandFailure.failed(
          "cannot listen on " + text(listen.isUnresolved() ? listen : http) + ": unknown host");
    }
    if (clock == ClockMode.COMMANDS && releaseAt.isPresent()) {
      throw new IllegalArgumentException(
          "--release-at "
              + releaseAt.get()
              + " needs --clock system: time comes with the commands");
    }
    journal.conclude();
    final long machineMib = machineMemoryBytes() / MIB;
    if (memoryReserveMib < 0 || memoryReserveMib > machineMib) {
      throw new IllegalArgumentException(
          "--memory-reserve-mib is 0.."
              + machineMib
              + ", what this machine has, not "
              + memoryReserveMib);
    }
    if (listen.getPort() != 0 && listen.equals(http)) {
      throw new IllegalArgumentException("--listen and --http are both " + text(listen));
    }
    return this;
  }

  /** One connection for which there is none would make the engine fail, in the midst of service. */
  private void requireMemoryForConnections() {
    final long directBytes = directMemoryBytes();
    if (maxConnections > directBytes / CONNECTION_BYTES) {
      throw new IllegalArgumentException(
          "--max-connections is at most "
              + directBytes / CONNECTION_BYTES
              + " with the direct memory that this JVM may use (-XX:MaxDirectMemorySize), not "
              + maxConnections);
    }
  }

  private void requireDescriptorsForConnections() {
    lackOfDescriptors()
        .ifPresent(
            lack -> {
              throw new IllegalArgumentException(lack);
            });
  }

  /**
   * What to say where the process may have fewer file descriptors than its connections and its own
   * files take: a file of the journal for which there is none makes the engine fail.
   */
  Optional<String> lackOfDescriptors() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() < maxConnections + OWN_DESCRIPTORS) {
      return Optional.of(
          "--max-connections "
              + maxConnections
              + " needs as many file descriptors and "
              + OWN_DESCRIPTORS
              + " more, and this process may have "
              + system.getMaxFileDescriptorCount()
              + " (ulimit -n)");
    }
    return Optional.empty();
  }

  private static long directMemoryBytes() {
    final String option =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxDirectMemorySize")
            .getValue();
    // Where it is not set, as much as the heap may take.
    return option.equals("0") ? Runtime.getRuntime().maxMemory() : Long.parseLong(option);
  }

  /** Memory of the machine, or of the container if that has less. */
  private static long machineMemoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** An address as HOST:PORT. */
  static String text(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
