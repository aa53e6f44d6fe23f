package dev.verdant.ops.bench;

import dev.verdant.bench.report.Result;
import dev.verdant.bench.snapshot.SizeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * What the measurements on a ledger of a given size in process have in common on the command line.
 *
 * @param <S> their settings, whose defaults hold for what is not given.
 */
abstract class SizedCommand<S extends SizeSettings<S>> extends ReportingCommand {
  private static final long MIB = 1L << 20;

  @Option(names = "--accounts", paramLabel = "N", description = "Members.")
  private Integer accounts;

  @Option(names = "--lots", paramLabel = "N", description = "Lots of each member.")
  private Integer lots;

  @Option(names = "--rate", paramLabel = "N", description = "Orders a second.")
  private Integer rate;

  @Option(
      names = "--bound",
      paramLabel = "MIB",
      description = "What snapshots may keep of memory (default 2048).")
  private Long boundMib;

  @Option(names = "--quick", description = "Small sizes: shows that it works, nothing else.")
  private boolean quick;

  /** The settings by default. */
  abstract S defaults();

  /** Sets what only this command has, if it was given. */
  abstract void apply(S settings);

  /** Measures; the settings are concluded. */
  abstract Result measure(S settings) throws IOException;

  @Override
  final Measurement prepare(Path directory) {
    final S settings = settings(directory);
    return () -> measure(settings);
  }

  /** Defaults are the settings': a report must tell them all the same. */
  @Override
  final Map<String, String> optionsInstead() {
    final S settings = chosen();
    final Map<String, String> options = new HashMap<>(ownOptions(settings));
    options.put("--accounts", Integer.toString(settings.members()));
    options.put("--lots", Integer.toString(settings.lots()));
    options.put("--rate", Integer.toString(settings.rate()));
    options.put("--bound", Long.toString(settings.boundBytes() / MIB));
    return options;
  }

  /** What is taken for the options that only this command has, by name. */
  abstract Map<String, String> ownOptions(S settings);

  private S settings(Path directory) {
    try {
      return chosen().directory(directory).progress(this::say).conclude();
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e);
    }
  }

  /** What cannot be counted in bytes is as good as the most that can be. */
  private static long bytes(long mib) {
    final long most = Long.MAX_VALUE / MIB;
    return Math.max(-most, Math.min(most, mib)) * MIB;
  }

  /** The settings by default, and what was given instead. */
  private S chosen() {
    final S settings = defaults();
    if (quick) {
      settings.quick();
    }
    if (accounts != null) {
      settings.members(accounts);
    }
    if (lots != null) {
      settings.lots(lots);
    }
    if (rate != null) {
      settings.rate(rate);
    }
    if (boundMib != null) {
      settings.boundBytes(bytes(boundMib));
    }
    apply(settings);
    return settings;
  }
}
