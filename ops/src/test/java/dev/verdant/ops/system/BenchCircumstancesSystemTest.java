package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.report.RowsJson;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report tells how it was measured, also where nobody has said so. */
class BenchCircumstancesSystemTest {
  @TempDir private Path directory;

  @Test
  void shouldTellTheSizesOfALedgerWhetherGivenOrNot() throws Exception {
    Map<String, String> facts = facts("--lots=3");
    assertThat(facts)
        .containsEntry("quick", "true")
        .containsEntry("accounts", "20000")
        .containsEntry("lots", "3")
        .containsEntry("rate", "5000")
        .containsEntry("bound", "2048")
        .containsEntry("transactions", "10000");
    assertThat(facts("--lots=3", "--accounts=20000"))
        .containsAllEntriesOf(withoutWhatDiffersAnyway(facts));
  }

  private Map<String, String> facts(String... options) throws Exception {
    Path json = directory.resolve("rows.json");
    String[] command = new String[4 + options.length];
    command[0] = "bench";
    command[1] = "memory";
    command[2] = "--quick";
    command[3] = "--json=" + json;
    System.arraycopy(options, 0, command, 4, options.length);
    VerdantProcess.Outcome outcome = VerdantProcess.run(directory, command);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return RowsJson.read(json).circumstances().facts();
  }

  private static Map<String, String> withoutWhatDiffersAnyway(Map<String, String> facts) {
    Map<String, String> same = new HashMap<>(facts);
    same.remove("date");
    same.remove("command");
    return same;
  }
}
