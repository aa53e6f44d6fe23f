package dev.verdant.ops.cli;

import dev.verdant.ops.history.ColumnMapping;
import dev.verdant.ops.history.HistoryImport;
import dev.verdant.ops.history.ImportOptions;
import dev.verdant.ops.history.ImportProgress;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.protocol.codec.ClockMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verdant import}. */
@Command(
    name = "import",
    description = {
      "Imports an order history as CSV with a header, gzipped or not: opens accounts on first"
          + " sight, refunds by refund_of, and runs every pool's release once at the first command"
          + " of each new business day.",
      "Prints what became of the rows as one JSON object. Rows that it cannot use are counted by"
          + " reason and listed. Where a file cannot be read to its end it prints the same of the"
          + " rows before, and exits with 1.",
      "Doing it again books nothing twice: what the ledger remembers is answered DUPLICATE, and a"
          + " row older than that is not sent and counted as TOO_OLD. So rows come in the order of"
          + " their days."
    })
public final class ImportCommand implements Callable<Integer> {
  private static final int WINDOW = 8_192;
  private static final int DEADLINE_SECONDS = 60;
  private static final int MAX_CONCESSION_BPS = 10_000;

  @Mixin private LedgerTarget target;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description =
          "Properties field=column for other column names; fields are order_id, timestamp,"
              + " consumer_id, merchant_id, amount_minor_units, kind, refund_of.")
  private Path mapFile;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Takes one JSON line for each row with what became of it.")
  private Path resultsFile;

  @Option(
      names = "--concession-bps",
      paramLabel = "BPS",
      defaultValue = "" + ImportOptions.DEFAULT_CONCESSION_BPS,
      description = "Concession of merchants opened by the import (default ${DEFAULT-VALUE}).")
  private int concessionBps;

  @Parameters(arity = "1..*", paramLabel = "CSV", description = "Histories, imported in order.")
  private List<Path> files;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    // The ledger would open no merchant by another, and so take no row.
    checkConcession();
    for (Path file : files) {
      checkFile(file);
    }
    ResultsFile.requireOther(spec, resultsFile, files);
    if (mapFile != null) {
      checkFile(mapFile);
      ResultsFile.requireOther(spec, resultsFile, List.of(mapFile));
    }
    ColumnMapping mapping =
        mapFile == null ? ColumnMapping.byDefault() : ColumnMapping.read(mapFile);
    for (Path file : files) {
      // Before anything is made or booked.
      HistoryImport.requireColumns(file, mapping);
    }
    ImportOptions options = new ImportOptions(mapping, concessionBps);
    try (JsonLines results = resultsFile == null ? null : JsonLines.inFile(resultsFile);
        LedgerSession session = target.openForCommands()) {
      if (session.clock() != ClockMode.COMMANDS) {
        throw CommandFailure.failed(
            session.name()
                + " stamps its own time; a history needs a server with --clock commands");
      }
      run(session, options, results);
    }
    return 0;
  }

  private void run(LedgerSession session, ImportOptions options, JsonLines results)
      throws IOException {
    Exchange exchange = new Exchange(session.connection(), WINDOW, DEADLINE_SECONDS);
    ImportReport report = new ImportReport(results, files.size() > 1, spec.commandLine().getErr());
    ImportProgress progress = new ImportProgress(Terminal.standardError());
    try (HistoryImport history = new HistoryImport(exchange, options, report, progress);
        JsonLines out = JsonLines.onStandardOutput()) {
      try {
        for (Path file : files) {
          history.run(file);
        }
      } finally {
        progress.end();
        report.end();
        history.summary().write(out);
      }
    }
  }

  private void checkConcession() {
    if (concessionBps < 0 || concessionBps > MAX_CONCESSION_BPS) {
      throw new ParameterException(
          spec.commandLine(),
          "--concession-bps must be 0.." + MAX_CONCESSION_BPS + ", not " + concessionBps);
    }
  }

  private void checkFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), "no such file: " + file);
    }
  }
}
