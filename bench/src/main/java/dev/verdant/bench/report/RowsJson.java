package dev.verdant.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Rows as JSON: an array of objects with {@code row}, {@code value}, {@code unit}, {@code runs},
 * {@code limit}, {@code ratio}, {@code bar} (in the row's unit), {@code direction} of the bar
 * ({@code at least} or {@code at most}), {@code holds} and {@code note}; null where there is none.
 */
public final class RowsJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String AT_LEAST = "at least";
  private static final String AT_MOST = "at most";

  private RowsJson() {}

  /** Writes a file, replacing what is there. */
  public static void write(Path file, List<Row> rows) throws IOException {
    final ArrayNode array = MAPPER.createArrayNode();
    rows.forEach(row -> put(array.addObject(), row));
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

  /**
   * Reads a file that {@link #write} has written.
   *
   * @throws IOException if it cannot be read, or is something else.
   */
  public static List<Row> read(Path file) throws IOException {
    final JsonNode array = MAPPER.readTree(file.toFile());
    if (!array.isArray()) {
      throw new IOException(file + " holds no array of rows");
    }
    final List<Row> rows = new ArrayList<>();
    for (final JsonNode object : array) {
      rows.add(row(file, object));
    }
    return rows;
  }

  private static Row row(Path file, JsonNode object) throws IOException {
    if (!object.path("row").isTextual() || object.path("runs").isEmpty()) {
      throw new IOException(file + " holds something that is no row: " + object);
    }
    final List<Double> runs = new ArrayList<>();
    object.path("runs").forEach(run -> runs.add(run.asDouble()));
    final JsonNode limit = object.path("limit");
    final JsonNode bar = object.path("bar");
    return new Row(
        object.path("row").asText(),
        object.path("unit").asText(),
        runs,
        limit.isNumber() ? OptionalDouble.of(limit.asDouble()) : OptionalDouble.empty(),
        bar.isNumber()
            ? Optional.of(
                new Bar(bar.asDouble(), object.path("direction").asText().equals(AT_LEAST)))
            : Optional.empty(),
        object.path("note").isTextual() ? object.path("note").asText() : "");
  }
}
