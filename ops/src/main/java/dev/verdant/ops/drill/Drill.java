package dev.verdant.ops.drill;

import dev.verdant.ops.drill.ground.FillableDisk;
import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.ground.Platform;
import dev.verdant.ops.drill.injection.ClockBack;
import dev.verdant.ops.drill.injection.FullDisk;
import dev.verdant.ops.drill.injection.Injection;
import dev.verdant.ops.drill.injection.InjectionKind;
import dev.verdant.ops.drill.injection.Injections;
import dev.verdant.ops.drill.traffic.LieException;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.server.OffsetClock;
import dev.verdant.ops.session.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Crash-recovery drills. Rounds go on one after the other on the same data directory, generation
 * after generation; each lets one fault happen to a server under load, and then holds what the next
 * start has against the drill's own record and a ledger that never crashed. Rounds that need a disk
 * or a clock of their own have a ground of their own beside.
 */
public final class Drill {
  private final DrillOptions options;
  private final PrintWriter out;
  private final SplittableRandom random;
  private final Platform platform = Platform.probe();

  private Drill(DrillOptions options, PrintWriter out) throws IOException {
    this.options = options;
    this.out = out;
    this.random = new SplittableRandom(options.seed());
  }

  /**
   * Runs a drill.
   *
   * @param out takes the table.
   * @throws CommandFailure at the first lie, naming it, the round and the seed.
   * @throws IOException if the drill itself cannot work on its files.
   */
  public static void run(DrillOptions options, PrintWriter out) throws IOException {
    try (JsonLines json =
        options.json().isPresent() ? JsonLines.inFile(options.json().get()) : null) {
      new Drill(options, out).run(new DrillReport(out, Optional.ofNullable(json)));
    }
  }

  private void run(DrillReport report) throws IOException {
    out.printf(
        Locale.ROOT, "seed %d, in %s; %s%n%n", options.seed(), options.directory(), platform);
    report.begin();
    long startNanos = System.nanoTime();
    List<InjectionKind> plan = DrillPlan.of(options.rounds(), options.seed(), options.only());
    Injections injections = new Injections(platform, options.stopLimit());
    try (Ground main = new Ground(options.directory().resolve("main"), random.split(), false)) {
      step("the first start", main::start);
      for (int i = 0; i < plan.size(); i++) {
        report.add(round(i + 1, plan.get(i), injections, main));
      }
      step("the last stop", main::stop);
    }
    report.end(System.nanoTime() - startNanos);
  }

  private Round round(int number, InjectionKind kind, Injections injections, Ground main)
      throws IOException {
    SplittableRandom choices = random.split();
    Path own = options.directory().resolve("round-" + number);
    return step(
        "round " + number + " (" + kind + ")",
        () ->
            switch (kind) {
              case FULL_DISK -> onFillableDisk(number, own, choices);
              case CLOCK_BACK -> onSteppingClock(number, own, choices);
              default -> round(number, kind, injections.of(kind), main, choices);
            });
  }

  /** What a drill does one after the other. */
  @FunctionalInterface
  private interface Step<T> {
    T make() throws IOException;
  }

  /** Makes a step; a lie that it finds is told with what it takes to find it again. */
  private <T> T step(String name, Step<T> step) throws IOException {
    try {
      return step.make();
    } catch (LieException | CommandFailure e) {
      throw CommandFailure.failed(
          name
              + " of seed "
              + options.seed()
              + ": "
              + e.getMessage()
              + "; everything is left in "
              + options.directory(),
          e);
    }
  }

  private Round onFillableDisk(int number, Path own, SplittableRandom choices) throws IOException {
    try (FillableDisk disk = FillableDisk.at(own, platform);
        Ground ground = new Ground(disk.path(), choices.split(), false)) {
      ground.startWith(FullDisk.serveOptions(disk));
      ground.start();
      return round(number, InjectionKind.FULL_DISK, new FullDisk(disk), ground, choices);
    }
  }

  private Round onSteppingClock(int number, Path own, SplittableRandom choices) throws IOException {
    try (Ground ground = new Ground(own, choices.split(), true)) {
      Path offset = own.resolve("clock-offset");
      ground.startWith(ClockBack.serveOptions(offset));
      ground.start();
      ClockBack injection = new ClockBack(OffsetClock.of(offset));
      return round(number, InjectionKind.CLOCK_BACK, injection, ground, choices);
    }
  }

  private static Round round(
      int number, InjectionKind kind, Injection injection, Ground ground, SplittableRandom choices)
      throws IOException {
    String durability = ground.durability();
    long acknowledged = ground.commands().acknowledged();
    long rejected = ground.commands().rejected();
    int kills = ground.kills();
    Injection.Finding finding = injection.inject(ground, choices);
    return new Round(
        number,
        kind,
        durability,
        ground.commands().acknowledged() - acknowledged,
        ground.commands().rejected() - rejected,
        ground.lastKept(),
        ground.kills() - kills,
        finding.injected(),
        finding.found(),
        finding.recoveryNanos());
  }
}
