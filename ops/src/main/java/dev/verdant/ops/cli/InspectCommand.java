package dev.verdant.ops.cli;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.verify.Inspection;
import dev.verdant.protocol.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code verdant inspect}. */
@Command(
    name = "inspect",
    description =
        "Prints what is in a data directory, as JSON: one line for each file of the journal and"
            + " each snapshot, one for the whole; or one command, by its sequence or the last"
            + " one of a moment. Changes nothing.")
public final class InspectCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      converter = Directories.Converter.class,
      description = "The directory.")
  private Path data;

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "Prints the command of this sequence instead.")
  private Long sequence;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "Prints the last command at or before this moment instead, ISO-8601 with an offset:"
              + " recover --up-to its sequence gives the ledger as it was then.")
  private OffsetDateTime moment;

  @Override
  public Integer call() throws IOException {
    Directories.requireThere(data);
    if (sequence != null && moment != null) {
      throw CommandFailure.usage("--sequence and --at are mutually exclusive");
    }
    if (sequence != null && sequence < 1) {
      throw CommandFailure.usage("sequences start at 1, not " + sequence);
    }
    if (moment != null && !isTimeOfACommand(moment.toInstant())) {
      throw CommandFailure.usage("--at " + moment + " is not within the years 1 to 9999");
    }
    try (JsonLines out = JsonLines.onStandardOutput()) {
      Inspection inspection = new Inspection(data, out);
      if (moment != null) {
        inspection.writeCommandAt(moment.toInstant());
      } else if (sequence == null) {
        inspection.writeJournal();
      } else {
        inspection.writeCommand(sequence);
      }
    }
    return 0;
  }

  /** Reads a moment from the command line. */
  static final class MomentConverter implements ITypeConverter<OffsetDateTime> {
    @Override
    public OffsetDateTime convert(String text) {
      try {
        return OffsetDateTime.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException("'" + text + "' is not ISO-8601 with an offset");
      }
    }
  }

  private static boolean isTimeOfACommand(Instant time) {
    return !time.isBefore(Instant.ofEpochMilli(Limits.MIN_TIME_MILLIS))
        && !time.isAfter(Instant.ofEpochMilli(Limits.MAX_TIME_MILLIS));
  }
}
