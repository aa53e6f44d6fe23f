package dev.verdant.bench.campaign;

import dev.verdant.bench.load.JvmProbe;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What a server allocates for a command in steady state, and whether it collects. */
public final class Garbage {
  private static final double BYTES_A_COMMAND = 1;

  private Garbage() {}

  /** Starts a server, warms it up, and watches it for so many seconds. */
  public static Result measure(Settings settings, int watchedSeconds) throws IOException {
    try (ServerUnderLoad server = ServerUnderLoad.start(settings, "garbage")) {
      server.trade().tradeADay(new Timeline());
      return of(settings, server, watchedSeconds);
    }
  }

  /** Watches a server that is warm, under full load. */
  static Result of(Settings settings, ServerUnderLoad server, int watchedSeconds)
      throws IOException {
    try (JvmProbe probe = JvmProbe.attach(server.process().pid())) {
      final long collections = probe.collections();
      final long allocated = probe.allocatedBytes();
      final long leastNanos = TimeUnit.SECONDS.toNanos(watchedSeconds);
      long nanos = 0;
      long commands = 0;
      do {
        nanos += server.trade().tradeADay(new Timeline());
        commands += settings.requestsADay();
      } while (nanos < leastNanos);
      server.trade().verify();
      final double bytes = (probe.allocatedBytes() - allocated) / (double) commands;
      final long collected = probe.collections() - collections;
      settings.say(
          "garbage: %.3f bytes a command, %d collections in %d s",
          bytes, collected, watchedSeconds);
      return Result.of(
          Row.of("garbage", "bytes/command", bytes)
              .withBar(Bar.atMost(BYTES_A_COMMAND))
              .withNote(
                  "allocated by gateway, journal, ledger and reply threads over "
                      + commands
                      + " commands"),
          Row.of("garbage-collections", "collections", (double) collected)
              .withBar(Bar.atMost(0))
              .withNote("in " + watchedSeconds + " s at full load"));
    }
  }
}
