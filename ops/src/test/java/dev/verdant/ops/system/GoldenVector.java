package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A script with its expected results and views; the files stand beside the ledger's tests. */
record GoldenVector(String name) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path DIRECTORY =
      Path.of(
          System.getProperty("basedir", "."),
          "..",
          "engine",
          "ledger",
          "src",
          "test",
          "resources",
          "golden");

  Path script() {
    return DIRECTORY.resolve(name + ".jsonl");
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(script());
  }

  /** Every expected result is there in its order, with its keys and values; more may be there. */
  void assertResults(List<String> results) throws IOException {
    List<JsonNode> wanted = parse(Files.readAllLines(expected("results.jsonl")));
    List<JsonNode> found = parse(results);
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      for (Map.Entry<String, JsonNode> field : wanted.get(i).properties()) {
        assertThat(found.get(i).get(field.getKey()))
            .as("%s line %d %s", name, i + 1, field.getKey())
            .isEqualTo(field.getValue());
      }
    }
  }

  void assertViews(Views views) throws IOException {
    assertThat(parse(views.accounts().lines().toList()))
        .isEqualTo(parse(Files.readAllLines(expected("accounts.jsonl"))));
    assertThat(parse(views.pools().lines().toList()))
        .isEqualTo(parse(Files.readAllLines(expected("pools.jsonl"))));
    assertThat(MAPPER.readTree(views.balance()))
        .isEqualTo(MAPPER.readTree(expected("trial-balance.json").toFile()));
  }

  private Path expected(String file) {
    return DIRECTORY.resolve(name + ".expected").resolve(file);
  }

  private static List<JsonNode> parse(List<String> lines) {
    return lines.stream().map(GoldenVector::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
