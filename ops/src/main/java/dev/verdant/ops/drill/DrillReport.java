package dev.verdant.ops.drill;

import dev.verdant.ops.drill.injection.InjectionKind;
import dev.verdant.ops.output.JsonLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Shows each round as it has passed, as a row of a table, and all of them by kind in the end. */
final class DrillReport {
  private static final String ROW = "%5s  %-21s %-8s %12s %8s  %-44s %s%n";

  private final PrintWriter out;
  private final Optional<JsonLines> json;
  private final Map<InjectionKind, Kind> kinds = new EnumMap<>(InjectionKind.class);
  private long rounds;
  private long acknowledged;
  private long kills;

  DrillReport(PrintWriter out, Optional<JsonLines> json) {
    this.out = out;
    this.json = json;
  }

  void begin() {
    out.printf(
        Locale.ROOT,
        ROW,
        "round",
        "injection",
        "promise",
        "acknowledged",
        "recovery",
        "injected",
        "found");
    out.flush();
  }

  void add(Round round) throws IOException {
    out.printf(
        Locale.ROOT,
        ROW,
        round.number(),
        round.kind(),
        round.durability(),
        String.format(Locale.ROOT, "%,d", round.acknowledged()),
        millis(round.recoveryNanos()) + " ms",
        round.injected(),
        round.found());
    out.flush();
    kinds.computeIfAbsent(round.kind(), kind -> new Kind()).add(round);
    rounds++;
    acknowledged += round.acknowledged();
    kills += round.kills();
    if (json.isPresent()) {
      write(round, json.get());
    }
  }

  private static void write(Round round, JsonLines lines) throws IOException {
    lines
        .begin()
        .number("round", round.number())
        .text("injection", round.kind().label())
        .text("durability", round.durability())
        .text("injected", round.injected())
        .number("acknowledged", round.acknowledged())
        .number("rejected", round.rejected())
        .number("sequence", round.lastSequence())
        .number("kills", round.kills())
        .text("found", round.found())
        .number("recovery_millis", millis(round.recoveryNanos()))
        .end();
    lines.flush();
  }

  void end(long durationNanos) throws IOException {
    out.printf(
        Locale.ROOT,
        "%n%-21s %7s %7s %13s %13s %13s%n",
        "injection",
        "rounds",
        "kills",
        "acknowledged",
        "recovery p50",
        "recovery max");
    for (Map.Entry<InjectionKind, Kind> entry : kinds.entrySet()) {
      Kind kind = entry.getValue();
      out.printf(
          Locale.ROOT,
          "%-21s %7d %7d %13s %10d ms %10d ms%n",
          entry.getKey(),
          kind.rounds,
          kind.kills,
          String.format(Locale.ROOT, "%,d", kind.acknowledged),
          kind.recoveryMillis(50),
          kind.recoveryMillis(100));
    }
    out.printf(
        Locale.ROOT,
        "%n%,d rounds passed in %d s: %,d SIGKILLs, %,d commands acknowledged, none lost, none done"
            + " twice%n",
        rounds,
        TimeUnit.NANOSECONDS.toSeconds(durationNanos),
        kills,
        acknowledged);
    out.flush();
    if (json.isPresent()) {
      json.get()
          .begin()
          .number("rounds", rounds)
          .number("kills", kills)
          .number("acknowledged", acknowledged)
          .number("duration_millis", millis(durationNanos))
          .end();
      json.get().flush();
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** The rounds of one kind. */
  private static final class Kind {
    private int rounds;
    private int kills;
    private long acknowledged;
    private long[] recoveryNanos = new long[0];

    void add(Round round) {
      recoveryNanos = Arrays.copyOf(recoveryNanos, rounds + 1);
      recoveryNanos[rounds++] = round.recoveryNanos();
      kills += round.kills();
      acknowledged += round.acknowledged();
    }

    long recoveryMillis(int percent) {
      long[] sorted = recoveryNanos.clone();
      Arrays.sort(sorted);
      return millis(sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)]);
    }
  }
}
