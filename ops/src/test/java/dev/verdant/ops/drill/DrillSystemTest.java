package dev.verdant.ops.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verdant.ops.drill.ground.Ground;
import dev.verdant.ops.drill.injection.InjectionKind;
import dev.verdant.ops.session.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short drills of the build; {@code verdant drill --rounds 200} is the long one. */
class DrillSystemTest {
  private static final int ROUNDS = 10;
  private static final long SEED = 1;
  private static final int COMMANDS = 1_000;

  /** How long a stop takes on a loaded machine is for the long drill to judge. */
  private static final Duration NO_LIMIT = Duration.ofDays(1);

  @TempDir Path directory;

  @Test
  void shouldFindNoLieInTenRounds() throws Exception {
    Path json = directory.resolve("rounds.jsonl");
    StringWriter table = new StringWriter();
    Drill.run(
        new DrillOptions(
            ROUNDS,
            SEED,
            Optional.empty(),
            directory.resolve("drill"),
            Optional.of(json),
            NO_LIMIT),
        new PrintWriter(table));
    assertThat(table.toString()).contains("10 rounds passed in ");
    List<String> kinds = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    List<String> lines = Files.readAllLines(json);
    for (String line : lines.subList(0, ROUNDS)) {
      JsonNode round = mapper.readTree(line);
      assertThat(round.get("acknowledged").asLong()).as(line).isPositive();
      kinds.add(round.get("injection").asText());
    }
    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(InjectionKind.values()).limit(ROUNDS).map(Object::toString).toList());
    assertThat(mapper.readTree(lines.get(ROUNDS)).get("rounds").asInt()).isEqualTo(ROUNDS);
  }

  @Test
  void shouldNameTheSeedAndTheDirectoryOfALieThatTheLastStopFinds() {
    Path own = directory.resolve("drill");
    StringWriter table =
        new StringWriter() {
          @Override
          public void flush() {
            if (toString().contains("    1  query-ends-batch")) {
              killServer();
            }
          }
        };
    DrillOptions options =
        new DrillOptions(
            1, SEED, Optional.of(InjectionKind.QUERY_ENDS_BATCH), own, Optional.empty(), NO_LIMIT);
    assertThatThrownBy(() -> Drill.run(options, new PrintWriter(table)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "the last stop of seed 1: a stop by SIGTERM ended with exit status 137;"
                + " everything is left in "
                + own);
  }

  /** Behind the drill's back; this process has no other children then. */
  private static void killServer() {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void shouldAnswerAllThatWasTakenWhenTheServerIsToldToStopUnderLoad() throws Exception {
    try (Ground ground = new Ground(directory, new SplittableRandom(SEED), false)) {
      ground.start();
      ground.traffic().driveUntilAcknowledged(COMMANDS);
      ground.stop(); // requires exit status 0
      ground.commands().requireNothingUnanswered();
      assertThat(ground.lastKept()).isEqualTo(ground.commands().acknowledged());
      ground.start(); // requires the same sequence, digest and balanced books
      ground.traffic().resend();
      assertThat(ground.commands().unacknowledged()).isZero();
    }
  }
}
