package dev.verdant.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads a campaign from JSON and takes nothing for granted: people edit such files. */
final class RowsReader {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** The least relative difference that is no matter of how a number was written. */
  private static final double ROUNDING = 1e-9;

  private final Path file;
  private String where = "";

  RowsReader(Path file) {
    this.file = file;
  }

  Campaign read() throws IOException {
    final JsonNode array = parse();
    require(array.isArray(), "holds no array of rows");
    final List<Row> rows = new ArrayList<>();
    final Set<String> names = new HashSet<>();
    final Set<Circumstances> circumstances = new HashSet<>();
    for (final JsonNode object : array) {
      final Row row = row(object);
      require(names.add(row.name()), "is there twice");
      circumstances.add(circumstances(object.path("circumstances")));
      require(circumstances.size() == 1, "was measured under other circumstances than those above");
      rows.add(row);
    }
    return new Campaign(circumstances.stream().findFirst().orElse(Circumstances.UNKNOWN), rows);
  }

  private JsonNode parse() throws IOException {
    require(!Files.isDirectory(file), "is a directory");
    try (InputStream json = Files.newInputStream(file)) {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private Row row(JsonNode object) throws IOException {
    where = "";
    require(object.path("row").isTextual(), "holds something that is no row: " + object);
    where = ", row " + object.path("row").asText() + ":";
    require(object.path("unit").isTextual(), "has no unit");
    final Row row =
        new Row(
            object.path("row").asText(),
            object.path("unit").asText(),
            runs(object.path("runs")),
            optional(object, "limit"),
            bar(object),
            object.path("note").isTextual() ? object.path("note").asText() : "");
    final double value = number(object.path("value"), "value");
    require(
        Math.abs(value - row.value()) <= ROUNDING * Math.abs(value),
        "its value " + value + " is not the median of its runs, " + row.value());
    return row;
  }

  private List<Double> runs(JsonNode array) throws IOException {
    require(array.isArray() && !array.isEmpty(), "has no runs");
    final List<Double> runs = new ArrayList<>();
    for (final JsonNode run : array) {
      runs.add(number(run, "runs"));
    }
    return runs;
  }

  private Optional<Bar> bar(JsonNode object) throws IOException {
    final OptionalDouble value = optional(object, "bar");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    final String direction = object.path("direction").asText();
    final boolean atLeast = direction.equals(RowsJson.AT_LEAST);
    require(
        atLeast || direction.equals(RowsJson.AT_MOST), "its bar has no direction: " + direction);
    return Optional.of(new Bar(value.getAsDouble(), atLeast));
  }

  private OptionalDouble optional(JsonNode object, String key) throws IOException {
    final JsonNode node = object.path(key);
    return node.isMissingNode() || node.isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(number(node, key));
  }

  private double number(JsonNode node, String key) throws IOException {
    require(
        node.isNumber() && Double.isFinite(node.asDouble()),
        "no number in its " + key + ": " + node);
    return node.asDouble();
  }

  private static Circumstances circumstances(JsonNode object) {
    final Map<String, String> facts = new LinkedHashMap<>();
    object.properties().forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
    return new Circumstances(facts);
  }

  private void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(file + where + " " + otherwise);
    }
  }
}
