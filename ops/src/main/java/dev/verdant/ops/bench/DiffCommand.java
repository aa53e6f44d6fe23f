package dev.verdant.ops.bench;

import dev.verdant.bench.report.Difference;
import dev.verdant.bench.report.RowsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verdant bench diff}. */
@Command(
    name = "diff",
    description =
        "Two campaigns row by row, from their JSON files: values with their ratio, both ratios to"
            + " the limits of their own runs, better or worse where there is a bar.")
public final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BASELINE", description = "JSON of the earlier campaign.")
  private Path baseline;

  @Parameters(index = "1", paramLabel = "CANDIDATE", description = "JSON of the later campaign.")
  private Path candidate;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Alone.require(spec);
    InputFile.require(spec, baseline);
    InputFile.require(spec, candidate);
    spec.commandLine()
        .getOut()
        .print(Difference.of(RowsJson.read(baseline), RowsJson.read(candidate)));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
