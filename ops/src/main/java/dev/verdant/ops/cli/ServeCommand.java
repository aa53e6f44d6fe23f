package dev.verdant.ops.cli;

import dev.verdant.gateway.LedgerServer;
import dev.verdant.journal.Retention;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.ops.server.DurabilityOption;
import dev.verdant.ops.server.IdleOption;
import dev.verdant.ops.server.OffsetClock;
import dev.verdant.ops.server.Server;
import dev.verdant.ops.server.ServerConfig;
import dev.verdant.ops.server.ServerLog;
import dev.verdant.ops.server.SnapshotSchedule;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.protocol.codec.ClockMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verdant serve}. */
@Command(
    name = "serve",
    description =
        "Serves a ledger over the binary protocol until it is told to stop (SIGTERM, SIGINT, SIGHUP): then"
            + " it answers what it has taken, and exits with 0.")
public final class ServeCommand implements Callable<Integer> {
  private static final LocalTime DEFAULT_RELEASE_TIME = LocalTime.of(0, 5);
  private static final long MIB = 1 << 20;

  /** No seconds: the server looks once a minute, and would miss the last one of a day. */
  private static final DateTimeFormatter HOURS_AND_MINUTES =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  /** Where engine time comes from, as options name it. */
  enum ClockOption {
    system(ClockMode.SYSTEM),
    commands(ClockMode.COMMANDS);

    private final ClockMode mode;

    ClockOption(ClockMode mode) {
      this.mode = mode;
    }
  }

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      converter = Directories.Converter.class,
      description = "The ledger's data directory; made where it is not there.")
  private Path data;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:" + LedgerServer.Context.DEFAULT_PORT,
      converter = HostPort.Converter.class,
      description = "Where the binary protocol is served (default ${DEFAULT-VALUE}).")
  private HostPort listen;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:" + ServerConfig.DEFAULT_HTTP_PORT,
      converter = HostPort.Converter.class,
      description = "Where /metrics, /health and /ready are served (default ${DEFAULT-VALUE}).")
  private HostPort http;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "" + LedgerServer.Context.DEFAULT_MAX_CONNECTIONS,
      description =
          "Connections of the binary protocol served at once, 1 or more, as far as the JVM has direct"
              + " memory for them, some 640 KiB each, and the process descriptors. One more is answered BUSY and closed"
              + " (default ${DEFAULT-VALUE}).")
  private int maxConnections;

  @Option(
      names = "--durability",
      paramLabel = "written|synced",
      defaultValue = "written",
      description =
          "What an acknowledgement promises: written survives a kill of the process, synced a loss"
              + " of power (default ${DEFAULT-VALUE}).")
  private DurabilityOption durability;

  @Option(
      names = "--max-sync-delay",
      paramLabel = "MICROSECONDS",
      defaultValue = "0",
      description =
          "With synced: how long a command may wait for others that share its force, at most 100000;"
              + " 0 forces as soon as the force before has ended (default ${DEFAULT-VALUE}).")
  private long maxSyncDelayMicros;

  @Option(
      names = "--clock",
      paramLabel = "system|commands",
      defaultValue = "system",
      description =
          "Where time comes from: this machine, or the commands, for an import (default"
              + " ${DEFAULT-VALUE}).")
  private ClockOption clock;

  @Option(
      names = "--clock-offset-file",
      hidden = true,
      paramLabel = "FILE",
      description = "For drills: the machine's clock is off by the milliseconds in this file.")
  private Path clockOffsetFile;

  @Option(
      names = "--disk-reserve-mib",
      paramLabel = "N",
      defaultValue = "" + JournalOptions.DEFAULT_RESERVE_MIB,
      description =
          "Free MiB of the disk below which no more commands are taken (OUT_OF_SPACE) until there is"
              + " room again (default ${DEFAULT-VALUE}).")
  private int diskReserveMib;

  @Option(
      names = "--memory-reserve-mib",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "MiB off heap that the start finds for the ledger to grow into, what it holds already"
              + " included: no command waits for memory until it is used up (default"
              + " ${DEFAULT-VALUE}).")
  private long memoryReserveMib;

  @Option(
      names = "--idle",
      paramLabel = "spin|yield|backoff",
      defaultValue = "backoff",
      description =
          "What the server's threads do while there is nothing to do: spin and yield take a core"
              + " each, backoff sleeps in the end, and alone lets the gateway's thread apply what few"
              + " requests there are, which answers a lone one soonest (default ${DEFAULT-VALUE}).")
  private IdleOption idle;

  @Option(
      names = "--release-at",
      paramLabel = "HH:MM|off",
      description =
          "Time of the business day at which every pool is released, or as soon after it"
              + " as the server runs; default 00:05, and off with --clock commands.")
  private String releaseAt;

  @Option(
      names = "--snapshot-every-commands",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Takes a snapshot to disk when so many commands have come since the last one; 0 for"
              + " never (default ${DEFAULT-VALUE}).")
  private long snapshotEveryCommands;

  @Option(
      names = "--snapshot-every-minutes",
      paramLabel = "M",
      defaultValue = "" + SnapshotSchedule.DEFAULT_EVERY_MINUTES,
      description =
          "Takes one when so much time has passed and commands have come; 0 for never (default"
              + " ${DEFAULT-VALUE}). It bounds what a start has to replay, and the journal.")
  private long snapshotEveryMinutes;

  @Option(
      names = "--keep-journal",
      description =
          "Keeps the journal's files that no snapshot needs any more, so that the whole history can"
              + " be replayed: for an audit, or by a release that cannot read these snapshots. Later"
              + " starts keep them without it: a file keep-journal in the directory says so.")
  private boolean keepJournal;

  @Option(
      names = "--snapshot-on-stop",
      description = "Takes one when the server is told to stop: the next start replays nothing.")
  private boolean snapshotOnStop;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerConfig config = config();
    ServerLog log = ServerLog.install();
    // Before the recovery, which may be long.
    StopOnSignal stop = StopOnSignal.install(log);
    try (Server server = open(config, log, stop)) {
      try {
        server.start();
        Throwable failure = server.awaitFailure();
        throw CommandFailure.failed("the engine failed: " + failure.getMessage(), failure);
      } finally {
        stop.cancel();
      }
    }
  }

  private static Server open(ServerConfig config, ServerLog log, StopOnSignal stop)
      throws IOException {
    boolean opened = false;
    try {
      Server server = Server.open(config, log);
      stop.covers(server);
      opened = true;
      return server;
    } finally {
      if (!opened) {
        stop.cancel();
      }
    }
  }

  private Optional<LocalTime> releaseTime() {
    if (releaseAt == null) {
      return clock == ClockOption.system ? Optional.of(DEFAULT_RELEASE_TIME) : Optional.empty();
    }
    if (releaseAt.equals("off")) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalTime.parse(releaseAt, HOURS_AND_MINUTES));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("--release-at is HH:MM or off, not " + releaseAt, e);
    }
  }

  private ServerConfig config() throws IOException {
    try {
      if (diskReserveMib < 0) {
        throw new IllegalArgumentException(
            "--disk-reserve-mib is 0 or more, not " + diskReserveMib);
      }
      ServerConfig config = new ServerConfig();
      if (clockOffsetFile != null) {
        config.systemClock(OffsetClock.of(clockOffsetFile));
      }
      return config
          .dataDirectory(data)
          .listen(listen.address())
          .http(http.address())
          .maxConnections(maxConnections)
          .durability(durability.durability())
          .maxSyncDelay(Duration.of(maxSyncDelayMicros, ChronoUnit.MICROS))
          .clock(clock.mode)
          .journal(new JournalOptions().reserveBytes(diskReserveMib * MIB))
          .retention(Retention.DEFAULT.withWholeJournal(keepJournal))
          .memoryReserveMib(memoryReserveMib)
          .idleMode(idle.mode())
          .releaseAt(releaseTime())
          .snapshots(
              new SnapshotSchedule(snapshotEveryCommands, snapshotEveryMinutes, snapshotOnStop))
          .conclude();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
