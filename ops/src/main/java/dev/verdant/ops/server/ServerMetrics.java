package dev.verdant.ops.server;

import dev.verdant.gateway.LedgerServer;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.recovery.RecoveryReport;
import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineCounters;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The server's metrics, read from the engine's counters when they are asked for. */
final class ServerMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  static PrometheusRegistry registry(
      LedgerServer server,
      DataDirectory directory,
      SnapshotTaker snapshots,
      Optional<ReleaseTimer> releases,
      ServerLog log) {
    RecoveryReport recovery = directory.recovery();
    ServerMetrics metrics = new ServerMetrics();
    EngineCounters counters = server.engine().counters();
    metrics.count("commands", "Commands journaled and applied.", counters::commands);
    metrics.count(
        "queries",
        "Queries that reached the ledger, those whose view was gone among them.",
        counters::queries);
    metrics.count("requests_refused", "Requests that never reached it.", counters::refused);
    metrics.count(
        "replies",
        "Replies handed to their connections, but those to bulk queries.",
        counters::replies);
    metrics.count("batches", "Batches that went through the ledger.", counters::batches);
    metrics.count(
        "journaled_batches",
        "Batches that the journal has kept, one excerpt each.",
        counters::journaledBatches);
    metrics.count("forces", "Forces of the journal that replies waited for.", counters::forces);
    metrics.gauge("connections", "Connections open.", server::connectionCount);
    metrics.count(
        "connections_refused",
        "Connections turned away: too many open, or no descriptor or memory left.",
        server::refusedConnections);
    memory(metrics, directory.ledger());
    snapshots(metrics, server.engine());
    metrics.gauge(
        "engine_failed", "1 after a failure.", () -> server.engine().failure() == null ? 0 : 1);
    metrics.gauge(
        "out_of_space",
        "1 while the disk is below its reserve and commands are refused.",
        () -> server.engine().hasSpace() ? 0 : 1);
    metrics.gauge(
        "sequence", "Last sequence applied.", () -> recovery.lastSequence() + counters.commands());
    metrics.gauge(
        "recovery_milliseconds",
        "Time that the start took to recover the ledger.",
        () -> TimeUnit.NANOSECONDS.toMillis(recovery.durationNanos()));
    metrics.gauge(
        "recovery_replayed_commands", "Commands that the start replayed.", recovery::replayed);
    metrics.gauge(
        "snapshot_sequence",
        "Last sequence in the newest snapshot on disk.",
        () -> snapshots.progress().sequence());
    metrics.gauge(
        "snapshot_running",
        "1 while a snapshot is being written.",
        () -> snapshots.progress().running() == 0 ? 0 : 1);
    metrics.gauge(
        "snapshot_bytes", "Size of the snapshot written last.", () -> snapshots.progress().bytes());
    metrics.gauge(
        "snapshot_duration_milliseconds",
        "Time that it took.",
        () -> snapshots.progress().durationMillis());
    metrics.count("snapshot_failures", "Snapshots that could not be written.", snapshots::failures);
    metrics.count(
        "log_bytes_lost",
        "Bytes of the log that nobody read in time, or that standard error refused.",
        log::lostBytes);
    releases.ifPresent(
        timer ->
            metrics.gauge(
                "released_day",
                "Last business day that the daily release is done for, in days since 1970-01-01;"
                    + " 0 until it has been done once since the start.",
                timer::releasedDay));
    return metrics.registry;
  }

  private static void memory(ServerMetrics metrics, Ledger ledger) {
    metrics.gauge(
        "memory_bytes",
        "Memory off heap that the ledger and open snapshots hold.",
        ledger::allocatedBytes);
    metrics.gauge(
        "memory_ahead_bytes",
        "Memory off heap that was found ahead and is not used yet.",
        ledger::foundAheadBytes);
  }

  private static void snapshots(ServerMetrics metrics, Engine engine) {
    EngineCounters counters = engine.counters();
    metrics.gauge("snapshots_open", "Snapshots and views open.", engine::openSnapshots);
    metrics.gauge(
        "snapshots_kept_bytes",
        "Memory that open snapshots keep, at most their limit.",
        counters::keptForSnapshotsBytes);
    metrics.count(
        "snapshots_given_up", "Snapshots given up at the limit.", counters::abandonedSnapshots);
    metrics.count(
        "snapshots_leaked", "Snapshots dropped without being closed.", engine::leakedSnapshots);
    metrics.count("bulk_queries", "Bulk queries answered from a view.", engine::bulkReads);
    metrics.count(
        "bulk_queries_view_gone",
        "Bulk queries whose view was gone.",
        engine::bulkReadsWithoutView);
  }

  private void count(String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name("verdant_" + name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }

  private void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name("verdant_" + name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }
}
