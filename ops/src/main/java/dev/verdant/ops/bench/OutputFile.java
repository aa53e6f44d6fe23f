package dev.verdant.ops.bench;

import dev.verdant.bench.report.HtmlReport;
import dev.verdant.bench.report.RowsJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that a report goes to at the end of a measurement, which may be long. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Requires that a file can be written, and leaves everything as it is.
   *
   * @throws IOException if it cannot.
   */
  static void requireWritable(Path file) throws IOException {
    final boolean wasThere = Files.exists(file);
    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    if (!wasThere) {
      // Of a link, what it leads to: the link was there.
      Files.delete(file.toRealPath());
    }
  }

  /**
   * Removes the report of an earlier measurement, so that nobody takes it for that of one which
   * ends before its own. Whatever else is there stays until it is replaced.
   *
   * @throws IOException if it cannot be removed.
   */
  static void removeEarlier(Path file) throws IOException {
    if (RowsJson.isThere(file) || HtmlReport.isThere(file)) {
      // Of a link, what it leads to: the report goes there too.
      Files.delete(file.toRealPath());
    }
  }
}
