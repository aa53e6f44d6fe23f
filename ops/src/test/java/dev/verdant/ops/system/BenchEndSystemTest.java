package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.verdant.bench.report.Campaign;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.Row;
import dev.verdant.bench.report.RowsJson;
import dev.verdant.ops.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that is told to end in the middle of its work. */
class BenchEndSystemTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Process bench;
  private List<ProcessHandle> children = List.of();

  @AfterEach
  void end() {
    Stream.concat(children.stream(), bench.descendants()).forEach(ProcessHandle::destroyForcibly);
    bench.destroyForcibly().onExit().join();
  }

  @Test
  void shouldLeaveNoProcessAndNoDirectoryWhenToldToEnd() throws Exception {
    Path work = Files.createDirectory(directory.resolve("work"));
    Path said = directory.resolve("said");
    Path json = directory.resolve("rows.json");
    RowsJson.write(json, new Campaign(Circumstances.UNKNOWN, List.of(Row.of("tcp", "ns", 1))));
    bench =
        new ProcessBuilder(
                JavaCommand.verdant(
                    JavaCommand.SHORT_LIVED,
                    List.of(
                        "bench",
                        "throughput",
                        "--members=1000",
                        "--seconds=600",
                        "--work=" + work,
                        "--json=" + json)))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    await()
        .atMost(LONG_ENOUGH)
        .untilAsserted(() -> assertThat(said).content().contains("accounts opened"));
    children = bench.descendants().toList();
    assertThat(children).as("an echo and a server").hasSize(2);
    assertThat(entries(work)).isNotEmpty();

    bench.destroy();
    await().atMost(LONG_ENOUGH).until(() -> !bench.isAlive());
    await().atMost(LONG_ENOUGH).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(entries(work)).isEmpty();
    assertThat(json).as("the rows of an earlier run").doesNotExist();
    assertThat(said).content().doesNotContain("unexpected");
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
