package dev.verdant.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Rows as JSON: an array of objects with {@code row}, {@code value}, {@code unit}, {@code runs},
 * {@code limit}, {@code ratio}, {@code bar} (in the row's unit), {@code direction} of the bar
 * ({@code at least} or {@code at most}), {@code holds} and {@code note}, null where there is none,
 * and {@code circumstances}, an object of texts, the same for all rows of a campaign. The last row
 * is {@link Row#COMPLETE}.
 */
public final class RowsJson {
  static final String AT_LEAST = "at least";
  static final String AT_MOST = "at most";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RowsJson() {}

  /** Writes a file, replacing what is there. */
  public static void write(Path file, Campaign campaign) throws IOException {
    final ArrayNode array = MAPPER.createArrayNode();
    for (final Row row : campaign.rows()) {
      final ObjectNode object = array.addObject();
      put(object, row);
      final ObjectNode circumstances = object.putObject("circumstances");
      campaign.circumstances().facts().forEach(circumstances::put);
    }
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), array);
  }

  private static void put(ObjectNode object, Row row) {
    object.put("row", row.name()).put("value", row.value()).put("unit", row.unit());
    final ArrayNode runs = object.putArray("runs");
    row.runs().forEach(runs::add);
    object.put("limit", boxed(row.limit())).put("ratio", boxed(row.ratio()));
    object.put("bar", row.bar().map(Bar::value).orElse(null));
    object.put("direction", row.bar().map(bar -> bar.atLeast() ? AT_LEAST : AT_MOST).orElse(null));
    object.put("holds", row.holds().orElse(null));
    object.put("note", row.note().isEmpty() ? null : row.note());
  }

  private static Double boxed(OptionalDouble value) {
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }

  /** Whether a file holds rows that {@link #write} has written; not where it holds none. */
  public static boolean isThere(Path file) {
    try {
      return Files.isRegularFile(file) && !read(file).rows().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads a file that {@link #write} has written, or an earlier version that told no circumstances.
   *
   * @throws IOException if it cannot be read, or is something else; the message says what.
   */
  public static Campaign read(Path file) throws IOException {
    return new RowsReader(file).read();
  }
}
