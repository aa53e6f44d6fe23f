package dev.verdant.ops.history;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** Whole histories in memory, for those that are known to be good and small. */
public final class HistoryRows {
  /**
   * Reads a history with default columns.
   *
   * @param name of it, for messages.
   * @param in holds it, gzipped or not; closed here.
   * @throws IOException if it cannot be read, or a row cannot be used.
   */
  public static List<HistoryRow> readAll(String name, InputStream in) throws IOException {
    try (HistoryFile file = HistoryFile.open(name, in, 0)) {
      RowParser parser = new RowParser(name, file.header(), ColumnMapping.byDefault());
      List<HistoryRow> rows = new ArrayList<>();
      for (CSVRecord record = file.next(); record != null; record = file.next()) {
        rows.add(parser.parse(record));
      }
      return rows;
    } catch (UnusableRowException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  private HistoryRows() {}
}
